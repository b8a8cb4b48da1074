module @jit_mixed_step attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<8192x2048xf32> {tf.aliasing_output = 0 : i32} loc("params['down']"), %arg1: tensor<2048x1024xf32> {tf.aliasing_output = 1 : i32} loc("params['head']"), %arg2: tensor<2048xf32> {tf.aliasing_output = 2 : i32} loc("params['norm']['offset']"), %arg3: tensor<2048xf32> {tf.aliasing_output = 3 : i32} loc("params['norm']['scale']"), %arg4: tensor<2048x8192xf32> {tf.aliasing_output = 4 : i32} loc("params['up']"), %arg5: tensor<8192x2048xf32> loc("x"), %arg6: tensor<8192x1024xf32> loc("targets"), %arg7: tensor<f32> loc("loss_scale")) -> (tensor<8192x2048xf32> {jax.result_info = "result['down']"}, tensor<2048x1024xf32> {jax.result_info = "result['head']"}, tensor<2048xf32> {jax.result_info = "result['norm']['offset']"}, tensor<2048xf32> {jax.result_info = "result['norm']['scale']"}, tensor<2048x8192xf32> {jax.result_info = "result['up']"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("jvp()/reduce_sum")
    %0 = stablehlo.reduce(%arg5 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<8192x2048xf32>, tensor<f32>) -> tensor<8192xf32> loc("jvp()/reduce_sum")
    %1 = stablehlo.broadcast_in_dim %0, dims = [0] : (tensor<8192xf32>) -> tensor<8192x1xf32> loc("jvp()/broadcast_in_dim")
    %cst_0 = stablehlo.constant dense<2.048000e+03> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<8192x1xf32> loc("jvp()/div")
    %3 = stablehlo.divide %1, %2 : tensor<8192x1xf32> loc("jvp()/div")
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<8192x1xf32>) -> tensor<8192x2048xf32> loc("jvp()/sub")
    %5 = stablehlo.subtract %arg5, %4 : tensor<8192x2048xf32> loc("jvp()/sub")
    %6 = stablehlo.multiply %5, %5 : tensor<8192x2048xf32> loc("jvp()/mul")
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("jvp()/reduce_sum")
    %7 = stablehlo.reduce(%6 init: %cst_1) applies stablehlo.add across dimensions = [1] : (tensor<8192x2048xf32>, tensor<f32>) -> tensor<8192xf32> loc("jvp()/reduce_sum")
    %8 = stablehlo.broadcast_in_dim %7, dims = [0] : (tensor<8192xf32>) -> tensor<8192x1xf32> loc("jvp()/broadcast_in_dim")
    %cst_2 = stablehlo.constant dense<2.048000e+03> : tensor<f32>
    %9 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<8192x1xf32> loc("jvp()/div")
    %10 = stablehlo.divide %8, %9 : tensor<8192x1xf32> loc("jvp()/div")
    %cst_3 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %11 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<8192x1xf32> loc("jvp()/add")
    %12 = stablehlo.add %10, %11 : tensor<8192x1xf32> loc("jvp()/add")
    %13 = stablehlo.rsqrt %12 : tensor<8192x1xf32> loc("jvp()/rsqrt")
    %14 = stablehlo.broadcast_in_dim %13, dims = [0, 1] : (tensor<8192x1xf32>) -> tensor<8192x2048xf32> loc("jvp()/mul")
    %15 = stablehlo.multiply %5, %14 : tensor<8192x2048xf32> loc("jvp()/mul")
    %16 = stablehlo.broadcast_in_dim %arg3, dims = [1] : (tensor<2048xf32>) -> tensor<1x2048xf32> loc("jvp()/broadcast_in_dim")
    %17 = stablehlo.broadcast_in_dim %16, dims = [0, 1] : (tensor<1x2048xf32>) -> tensor<8192x2048xf32> loc("jvp()/mul")
    %18 = stablehlo.multiply %15, %17 : tensor<8192x2048xf32> loc("jvp()/mul")
    %19 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<2048xf32>) -> tensor<1x2048xf32> loc("jvp()/broadcast_in_dim")
    %20 = stablehlo.broadcast_in_dim %19, dims = [0, 1] : (tensor<1x2048xf32>) -> tensor<8192x2048xf32> loc("jvp()/add")
    %21 = stablehlo.add %18, %20 : tensor<8192x2048xf32> loc("jvp()/add")
    %22 = stablehlo.convert %21 : (tensor<8192x2048xf32>) -> tensor<8192x2048xbf16> loc("jvp()/convert_element_type")
    %23 = stablehlo.convert %arg4 : (tensor<2048x8192xf32>) -> tensor<2048x8192xbf16> loc("jvp(up)/convert_element_type")
    %24 = stablehlo.dot_general %22, %23, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8192x2048xbf16>, tensor<2048x8192xbf16>) -> tensor<8192x8192xf32> loc("jvp(up)/dot_general")
    %25:3 = call @silu(%24) : (tensor<8192x8192xf32>) -> (tensor<8192x8192xf32>, tensor<8192x8192xf32>, tensor<8192x8192xf32>) loc("jvp(jit(silu))")
    %26 = stablehlo.convert %25#0 : (tensor<8192x8192xf32>) -> tensor<8192x8192xbf16> loc("jvp()/convert_element_type")
    %27 = stablehlo.convert %arg0 : (tensor<8192x2048xf32>) -> tensor<8192x2048xbf16> loc("jvp(down)/convert_element_type")
    %28 = stablehlo.dot_general %26, %27, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8192x8192xbf16>, tensor<8192x2048xbf16>) -> tensor<8192x2048xf32> loc("jvp(down)/dot_general")
    %29 = stablehlo.add %arg5, %28 : tensor<8192x2048xf32> loc("jvp(head)/add")
    %30 = stablehlo.dot_general %29, %arg1, contracting_dims = [1] x [0], precision = [HIGHEST, HIGHEST] : (tensor<8192x2048xf32>, tensor<2048x1024xf32>) -> tensor<8192x1024xf32> loc("jvp(head)/dot_general")
    %31 = stablehlo.subtract %30, %arg6 : tensor<8192x1024xf32> loc("jvp()/sub")
    %cst_4 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %32 = stablehlo.multiply %arg7, %cst_4 : tensor<f32> loc("transpose(jvp())/mul")
    %cst_5 = stablehlo.constant dense<0x4B000000> : tensor<f32>
    %33 = stablehlo.divide %32, %cst_5 : tensor<f32> loc("transpose(jvp())/div")
    %34 = stablehlo.broadcast_in_dim %33, dims = [] : (tensor<f32>) -> tensor<8192x1024xf32> loc("transpose(jvp())/broadcast_in_dim")
    %35 = stablehlo.multiply %31, %34 : tensor<8192x1024xf32> loc("transpose(jvp())/mul")
    %36 = stablehlo.multiply %34, %31 : tensor<8192x1024xf32> loc("transpose(jvp())/mul")
    %37 = stablehlo.add %35, %36 : tensor<8192x1024xf32> loc("transpose(jvp())/add_any")
    %38 = stablehlo.dot_general %37, %29, contracting_dims = [0] x [0], precision = [HIGHEST, HIGHEST] : (tensor<8192x1024xf32>, tensor<8192x2048xf32>) -> tensor<1024x2048xf32> loc("transpose(jvp(head))/dot_general")
    %39 = stablehlo.transpose %38, dims = [1, 0] : (tensor<1024x2048xf32>) -> tensor<2048x1024xf32> loc("transpose(jvp(head))/transpose")
    %40 = stablehlo.dot_general %37, %arg1, contracting_dims = [1] x [1], precision = [HIGHEST, HIGHEST] : (tensor<8192x1024xf32>, tensor<2048x1024xf32>) -> tensor<8192x2048xf32> loc("transpose(jvp(head))/dot_general")
    %41 = stablehlo.convert %40 : tensor<8192x2048xf32> loc("transpose(jvp(down))/dot_general")
    %42 = stablehlo.convert %26 : (tensor<8192x8192xbf16>) -> tensor<8192x8192xf32> loc("transpose(jvp(down))/dot_general")
    %43 = stablehlo.dot_general %41, %42, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8192x2048xf32>, tensor<8192x8192xf32>) -> tensor<2048x8192xf32> loc("transpose(jvp(down))/dot_general")
    %44 = stablehlo.transpose %43, dims = [1, 0] : (tensor<2048x8192xf32>) -> tensor<8192x2048xf32> loc("transpose(jvp(down))/transpose")
    %45 = stablehlo.convert %44 : (tensor<8192x2048xf32>) -> tensor<8192x2048xbf16> loc("transpose(jvp(down))/convert_element_type")
    %46 = stablehlo.convert %40 : tensor<8192x2048xf32> loc("transpose(jvp(down))/dot_general")
    %47 = stablehlo.convert %27 : (tensor<8192x2048xbf16>) -> tensor<8192x2048xf32> loc("transpose(jvp(down))/dot_general")
    %48 = stablehlo.dot_general %46, %47, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8192x2048xf32>, tensor<8192x2048xf32>) -> tensor<8192x8192xf32> loc("transpose(jvp(down))/dot_general")
    %49 = stablehlo.convert %48 : (tensor<8192x8192xf32>) -> tensor<8192x8192xbf16> loc("transpose(jvp(down))/convert_element_type")
    %50 = stablehlo.convert %45 : (tensor<8192x2048xbf16>) -> tensor<8192x2048xf32> loc("transpose(jvp(down))/convert_element_type")
    %51 = stablehlo.convert %49 : (tensor<8192x8192xbf16>) -> tensor<8192x8192xf32> loc("transpose(jvp())/convert_element_type")
    %52 = call @silu_0(%25#1, %25#2, %24, %51) : (tensor<8192x8192xf32>, tensor<8192x8192xf32>, tensor<8192x8192xf32>, tensor<8192x8192xf32>) -> tensor<8192x8192xf32> loc("transpose(jvp(jit(silu)))")
    %53 = stablehlo.convert %52 : tensor<8192x8192xf32> loc("transpose(jvp(up))/dot_general")
    %54 = stablehlo.convert %22 : (tensor<8192x2048xbf16>) -> tensor<8192x2048xf32> loc("transpose(jvp(up))/dot_general")
    %55 = stablehlo.dot_general %53, %54, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8192x8192xf32>, tensor<8192x2048xf32>) -> tensor<8192x2048xf32> loc("transpose(jvp(up))/dot_general")
    %56 = stablehlo.transpose %55, dims = [1, 0] : (tensor<8192x2048xf32>) -> tensor<2048x8192xf32> loc("transpose(jvp(up))/transpose")
    %57 = stablehlo.convert %56 : (tensor<2048x8192xf32>) -> tensor<2048x8192xbf16> loc("transpose(jvp(up))/convert_element_type")
    %58 = stablehlo.convert %52 : tensor<8192x8192xf32> loc("transpose(jvp(up))/dot_general")
    %59 = stablehlo.convert %23 : (tensor<2048x8192xbf16>) -> tensor<2048x8192xf32> loc("transpose(jvp(up))/dot_general")
    %60 = stablehlo.dot_general %58, %59, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8192x8192xf32>, tensor<2048x8192xf32>) -> tensor<8192x2048xf32> loc("transpose(jvp(up))/dot_general")
    %61 = stablehlo.convert %60 : (tensor<8192x2048xf32>) -> tensor<8192x2048xbf16> loc("transpose(jvp(up))/convert_element_type")
    %62 = stablehlo.convert %57 : (tensor<2048x8192xbf16>) -> tensor<2048x8192xf32> loc("transpose(jvp(up))/convert_element_type")
    %63 = stablehlo.convert %61 : (tensor<8192x2048xbf16>) -> tensor<8192x2048xf32> loc("transpose(jvp())/convert_element_type")
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("transpose(jvp())/reduce_sum")
    %64 = stablehlo.reduce(%63 init: %cst_6) applies stablehlo.add across dimensions = [0] : (tensor<8192x2048xf32>, tensor<f32>) -> tensor<2048xf32> loc("transpose(jvp())/reduce_sum")
    %65 = stablehlo.reshape %64 : (tensor<2048xf32>) -> tensor<1x2048xf32> loc("transpose(jvp())/reshape")
    %cst_7 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("transpose(jvp())/reduce_sum")
    %66 = stablehlo.reduce(%65 init: %cst_7) applies stablehlo.add across dimensions = [0] : (tensor<1x2048xf32>, tensor<f32>) -> tensor<2048xf32> loc("transpose(jvp())/reduce_sum")
    %67 = stablehlo.multiply %15, %63 : tensor<8192x2048xf32> loc("transpose(jvp())/mul")
    %cst_8 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("transpose(jvp())/reduce_sum")
    %68 = stablehlo.reduce(%67 init: %cst_8) applies stablehlo.add across dimensions = [0] : (tensor<8192x2048xf32>, tensor<f32>) -> tensor<2048xf32> loc("transpose(jvp())/reduce_sum")
    %69 = stablehlo.reshape %68 : (tensor<2048xf32>) -> tensor<1x2048xf32> loc("transpose(jvp())/reshape")
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc("transpose(jvp())/reduce_sum")
    %70 = stablehlo.reduce(%69 init: %cst_9) applies stablehlo.add across dimensions = [0] : (tensor<1x2048xf32>, tensor<f32>) -> tensor<2048xf32> loc("transpose(jvp())/reduce_sum")
    %71 = stablehlo.broadcast_in_dim %arg7, dims = [] : (tensor<f32>) -> tensor<8192x2048xf32> loc("div")
    %72 = stablehlo.divide %50, %71 : tensor<8192x2048xf32> loc("div")
    %73 = stablehlo.broadcast_in_dim %arg7, dims = [] : (tensor<f32>) -> tensor<2048x1024xf32> loc("div")
    %74 = stablehlo.divide %39, %73 : tensor<2048x1024xf32> loc("div")
    %75 = stablehlo.broadcast_in_dim %arg7, dims = [] : (tensor<f32>) -> tensor<2048xf32> loc("div")
    %76 = stablehlo.divide %66, %75 : tensor<2048xf32> loc("div")
    %77 = stablehlo.broadcast_in_dim %arg7, dims = [] : (tensor<f32>) -> tensor<2048xf32> loc("div")
    %78 = stablehlo.divide %70, %77 : tensor<2048xf32> loc("div")
    %79 = stablehlo.broadcast_in_dim %arg7, dims = [] : (tensor<f32>) -> tensor<2048x8192xf32> loc("div")
    %80 = stablehlo.divide %62, %79 : tensor<2048x8192xf32> loc("div")
    %81 = stablehlo.is_finite %72 : (tensor<8192x2048xf32>) -> tensor<8192x2048xi1> loc("is_finite")
    %c = stablehlo.constant dense<true> : tensor<i1> loc("reduce_and")
    %82 = stablehlo.reduce(%81 init: %c) applies stablehlo.and across dimensions = [0, 1] : (tensor<8192x2048xi1>, tensor<i1>) -> tensor<i1> loc("reduce_and")
    %83 = stablehlo.is_finite %74 : (tensor<2048x1024xf32>) -> tensor<2048x1024xi1> loc("is_finite")
    %c_10 = stablehlo.constant dense<true> : tensor<i1> loc("reduce_and")
    %84 = stablehlo.reduce(%83 init: %c_10) applies stablehlo.and across dimensions = [0, 1] : (tensor<2048x1024xi1>, tensor<i1>) -> tensor<i1> loc("reduce_and")
    %85 = stablehlo.is_finite %76 : (tensor<2048xf32>) -> tensor<2048xi1> loc("is_finite")
    %c_11 = stablehlo.constant dense<true> : tensor<i1> loc("reduce_and")
    %86 = stablehlo.reduce(%85 init: %c_11) applies stablehlo.and across dimensions = [0] : (tensor<2048xi1>, tensor<i1>) -> tensor<i1> loc("reduce_and")
    %87 = stablehlo.is_finite %78 : (tensor<2048xf32>) -> tensor<2048xi1> loc("is_finite")
    %c_12 = stablehlo.constant dense<true> : tensor<i1> loc("reduce_and")
    %88 = stablehlo.reduce(%87 init: %c_12) applies stablehlo.and across dimensions = [0] : (tensor<2048xi1>, tensor<i1>) -> tensor<i1> loc("reduce_and")
    %89 = stablehlo.is_finite %80 : (tensor<2048x8192xf32>) -> tensor<2048x8192xi1> loc("is_finite")
    %c_13 = stablehlo.constant dense<true> : tensor<i1> loc("reduce_and")
    %90 = stablehlo.reduce(%89 init: %c_13) applies stablehlo.and across dimensions = [0, 1] : (tensor<2048x8192xi1>, tensor<i1>) -> tensor<i1> loc("reduce_and")
    %91 = stablehlo.broadcast_in_dim %82, dims = [] : (tensor<i1>) -> tensor<1xi1> loc("stack")
    %92 = stablehlo.broadcast_in_dim %84, dims = [] : (tensor<i1>) -> tensor<1xi1> loc("stack")
    %93 = stablehlo.broadcast_in_dim %86, dims = [] : (tensor<i1>) -> tensor<1xi1> loc("stack")
    %94 = stablehlo.broadcast_in_dim %88, dims = [] : (tensor<i1>) -> tensor<1xi1> loc("stack")
    %95 = stablehlo.broadcast_in_dim %90, dims = [] : (tensor<i1>) -> tensor<1xi1> loc("stack")
    %96 = stablehlo.concatenate %91, %92, %93, %94, %95, dim = 0 : (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>) -> tensor<5xi1> loc("stack")
    %c_14 = stablehlo.constant dense<true> : tensor<i1> loc("reduce_and")
    %97 = stablehlo.reduce(%96 init: %c_14) applies stablehlo.and across dimensions = [0] : (tensor<5xi1>, tensor<i1>) -> tensor<i1> loc("reduce_and")
    %cst_15 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %98 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<8192x2048xf32> loc("mul")
    %99 = stablehlo.multiply %98, %72 : tensor<8192x2048xf32> loc("mul")
    %100 = stablehlo.subtract %arg0, %99 : tensor<8192x2048xf32> loc("sub")
    %101 = call @_where(%97, %100, %arg0) : (tensor<i1>, tensor<8192x2048xf32>, tensor<8192x2048xf32>) -> tensor<8192x2048xf32>
    %cst_16 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %102 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<2048x1024xf32> loc("mul")
    %103 = stablehlo.multiply %102, %74 : tensor<2048x1024xf32> loc("mul")
    %104 = stablehlo.subtract %arg1, %103 : tensor<2048x1024xf32> loc("sub")
    %105 = call @_where_1(%97, %104, %arg1) : (tensor<i1>, tensor<2048x1024xf32>, tensor<2048x1024xf32>) -> tensor<2048x1024xf32>
    %cst_17 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %106 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<2048xf32> loc("mul")
    %107 = stablehlo.multiply %106, %76 : tensor<2048xf32> loc("mul")
    %108 = stablehlo.subtract %arg2, %107 : tensor<2048xf32> loc("sub")
    %109 = call @_where_2(%97, %108, %arg2) : (tensor<i1>, tensor<2048xf32>, tensor<2048xf32>) -> tensor<2048xf32>
    %cst_18 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %110 = stablehlo.broadcast_in_dim %cst_18, dims = [] : (tensor<f32>) -> tensor<2048xf32> loc("mul")
    %111 = stablehlo.multiply %110, %78 : tensor<2048xf32> loc("mul")
    %112 = stablehlo.subtract %arg3, %111 : tensor<2048xf32> loc("sub")
    %113 = call @_where_2(%97, %112, %arg3) : (tensor<i1>, tensor<2048xf32>, tensor<2048xf32>) -> tensor<2048xf32>
    %cst_19 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %114 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f32>) -> tensor<2048x8192xf32> loc("mul")
    %115 = stablehlo.multiply %114, %80 : tensor<2048x8192xf32> loc("mul")
    %116 = stablehlo.subtract %arg4, %115 : tensor<2048x8192xf32> loc("sub")
    %117 = call @_where_3(%97, %116, %arg4) : (tensor<i1>, tensor<2048x8192xf32>, tensor<2048x8192xf32>) -> tensor<2048x8192xf32>
    return %101, %105, %109, %113, %117 : tensor<8192x2048xf32>, tensor<2048x1024xf32>, tensor<2048xf32>, tensor<2048xf32>, tensor<2048x8192xf32>
  }
  func.func private @silu(%arg0: tensor<8192x8192xf32>) -> (tensor<8192x8192xf32>, tensor<8192x8192xf32>, tensor<8192x8192xf32>) {
    %0 = stablehlo.negate %arg0 : tensor<8192x8192xf32> loc("neg")
    %1 = stablehlo.exponential %0 : tensor<8192x8192xf32> loc("exp")
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32> loc("logistic")
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<8192x8192xf32> loc("add")
    %3 = stablehlo.add %2, %1 : tensor<8192x8192xf32> loc("add")
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32> loc("logistic")
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<8192x8192xf32> loc("div")
    %5 = stablehlo.divide %4, %3 : tensor<8192x8192xf32> loc("div")
    %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<8192x8192xf32> loc("sub")
    %7 = stablehlo.subtract %6, %5 : tensor<8192x8192xf32> loc("sub")
    %8 = stablehlo.multiply %5, %7 : tensor<8192x8192xf32> loc("mul")
    %9 = stablehlo.multiply %arg0, %5 : tensor<8192x8192xf32> loc("mul")
    return %9, %8, %5 : tensor<8192x8192xf32>, tensor<8192x8192xf32>, tensor<8192x8192xf32>
  }
  func.func private @silu_0(%arg0: tensor<8192x8192xf32>, %arg1: tensor<8192x8192xf32>, %arg2: tensor<8192x8192xf32>, %arg3: tensor<8192x8192xf32>) -> tensor<8192x8192xf32> {
    %0 = stablehlo.multiply %arg2, %arg3 : tensor<8192x8192xf32> loc("mul")
    %1 = stablehlo.multiply %arg3, %arg1 : tensor<8192x8192xf32> loc("mul")
    %2 = stablehlo.multiply %0, %arg0 : tensor<8192x8192xf32> loc("mul")
    %3 = stablehlo.add %1, %2 : tensor<8192x8192xf32> loc("add_any")
    return %3 : tensor<8192x8192xf32>
  }
  func.func private @_where(%arg0: tensor<i1>, %arg1: tensor<8192x2048xf32>, %arg2: tensor<8192x2048xf32>) -> tensor<8192x2048xf32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<i1>, tensor<8192x2048xf32> loc("select_n")
    return %0 : tensor<8192x2048xf32>
  }
  func.func private @_where_1(%arg0: tensor<i1>, %arg1: tensor<2048x1024xf32>, %arg2: tensor<2048x1024xf32>) -> tensor<2048x1024xf32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<i1>, tensor<2048x1024xf32> loc("select_n")
    return %0 : tensor<2048x1024xf32>
  }
  func.func private @_where_2(%arg0: tensor<i1>, %arg1: tensor<2048xf32>, %arg2: tensor<2048xf32>) -> tensor<2048xf32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<i1>, tensor<2048xf32> loc("select_n")
    return %0 : tensor<2048xf32>
  }
  func.func private @_where_3(%arg0: tensor<i1>, %arg1: tensor<2048x8192xf32>, %arg2: tensor<2048x8192xf32>) -> tensor<2048x8192xf32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<i1>, tensor<2048x8192xf32> loc("select_n")
    return %0 : tensor<2048x8192xf32>
  }
}
