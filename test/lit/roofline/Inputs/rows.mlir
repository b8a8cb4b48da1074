func.func @main(%x: tensor<ROWSx4096xbf16>, %w: tensor<4096xCOLUMNSxbf16>) -> tensor<ROWSxCOLUMNSxbf16> {
  %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<ROWSx4096xbf16>, tensor<4096xCOLUMNSxbf16>) -> tensor<ROWSxCOLUMNSxbf16>
  return %0 : tensor<ROWSxCOLUMNSxbf16>
}
