// A layer with two kernels of the team's own.
func.func @main(%x: tensor<32x4096xbf16>, %w: tensor<512x14336xi32>,
                %scale: tensor<4096xbf16>) -> tensor<32x14336xbf16> {
  %0 = stablehlo.custom_call @acme.rms_norm(%x, %scale)
      : (tensor<32x4096xbf16>, tensor<4096xbf16>) -> tensor<32x4096xbf16>
  %1 = stablehlo.custom_call @acme.matmul_w4(%0, %w)
      : (tensor<32x4096xbf16>, tensor<512x14336xi32>) -> tensor<32x14336xbf16>
  return %1 : tensor<32x14336xbf16>
}
