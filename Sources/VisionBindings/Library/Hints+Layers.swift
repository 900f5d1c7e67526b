/// Layers and functions of PyTorch's modules `nn`, `nn.functional` and `nn.init`, by their names
/// there.
let layerHints: [String: String] = {
    var hints: [String: String] = [:]
    for (name, advice) in layers { hints["nn.\(name)"] = advice }
    for (name, advice) in functions {
        hints["F.\(name)"] = advice
        hints["functional.\(name)"] = advice
        hints["torch.\(name)"] = advice
    }
    for (name, advice) in initializers {
        hints["init.\(name)"] = advice
        hints[name] = advice
    }
    for (name, advice) in trainingHints {
        for module in ["optim", "lr_scheduler", "utils", "amp", "swa_utils", "losses"] {
            hints["\(module).\(name)"] = advice
        }
    }
    for (name, advice) in optimizers {
        for module in ["optim", "optimizers"] { hints["\(module).\(name)"] = advice }
    }
    hints["nn.init"] = "model.initialize(.kaimingNormal(mode: .fanOut))"
    hints["nn.functional"] = "the function's own name: conv2d(x, w), x.relu()"
    hints["nn.utils"] = "model.clipGradients(.norm(1))"
    return hints
}()

private let layers: [String: String] = [
    "Sequential": "Sequential { ... }",
    "Conv2d": "Conv2d(1, 6, kernel: 5)",
    "ConvTranspose2d": "ConvTranspose2d(6, 1, kernel: 2, stride: 2)",
    "Linear": "Linear(400, 120)",
    "BatchNorm2d": "BatchNorm2d(16)",
    "LayerNorm": "LayerNorm(192)",
    "GroupNorm": "GroupNorm(8, 32)",
    "LocalResponseNorm": "LocalResponseNorm(5)",
    "InstanceNorm2d": "GroupNorm(32, 32), one group a channel",
    "ReLU": "ReLU()",
    "ReLU6": "ReLU6()",
    "LeakyReLU": "LeakyReLU(slope: 0.01)",
    "GELU": "GELU()",
    "SiLU": "SiLU()",
    "Hardswish": "HardSwish()",
    "Sigmoid": "Sigmoid()",
    "Tanh": "Tanh()",
    "Softmax": "Softmax(axis: 1)",
    "MaxPool2d": "MaxPool2d(2)",
    "AvgPool2d": "AvgPool2d(2)",
    "AdaptiveAvgPool2d": "AdaptiveAvgPool2d(1)",
    "Flatten": "Flatten()",
    "Dropout": "Dropout(0.5)",
    "Upsample": "Upsample(scale: 2)",
    "MultiheadAttention": "MultiHeadAttention(embedding: 192, heads: 3)",
    "TransformerEncoderLayer": "TransformerEncoder(embedding: 192, heads: 3)",
    "TransformerEncoder": "TransformerEncoder(embedding: 192, heads: 3)",
    "Identity": "Identity()",
    "Embedding": "PatchEmbedding for pictures",
    "ModuleList": "an array of layers: let blocks = (0..<3).map { _ in Linear(8, 8) }",
    "Module": "struct Net: Layer { func forward(_ x: Tensor) -> Tensor { ... } }, or Sequential",
    "CrossEntropyLoss": "crossEntropy(logits, labels), or loss: .crossEntropy in fit",
    "MSELoss": "meanSquaredError(output, target), or loss: .meanSquaredError in fit",
    "L1Loss": "meanAbsoluteError(output, target), or loss: .meanAbsoluteError in fit",
    "BCEWithLogitsLoss": "binaryCrossEntropy(logits, targets), or loss: .binaryCrossEntropy in fit",
    "BCELoss": "binaryCrossEntropy(logits, targets), which takes logits",
    "NLLLoss": "crossEntropy(logits, labels), which takes logits",
]

private let functions: [String: String] = [
    "conv2d": "conv2d(x, w)",
    "conv_transpose2d": "convTranspose2d(x, w, stride: 2)",
    "linear": "linear(x, w, bias: b)",
    "relu": "x.relu()",
    "relu6": "x.relu6()",
    "leaky_relu": "x.leakyReLU(slope: 0.01)",
    "gelu": "x.gelu()",
    "silu": "x.silu()",
    "hardswish": "x.hardSwish()",
    "sigmoid": "x.sigmoid()",
    "tanh": "x.tanh()",
    "softmax": "x.softmax(axis: -1)",
    "log_softmax": "x.logSoftmax(axis: -1)",
    "dropout": "dropout(x, probability: 0.5)",
    "max_pool2d": "maxPool2d(x, 2)",
    "avg_pool2d": "avgPool2d(x, 2)",
    "adaptive_avg_pool2d": "adaptiveAvgPool2d(x, 1)",
    "interpolate": "upsample(x, scale: 2, mode: .bilinear)",
    "layer_norm": "layerNorm(x)",
    "group_norm": "groupNorm(x, groups: 8)",
    "local_response_norm": "localResponseNorm(x, size: 5)",
    "scaled_dot_product_attention": "scaledDotProductAttention(q, k, v)",
    "cross_entropy": "crossEntropy(logits, labels)",
    "mse_loss": "meanSquaredError(output, target)",
    "l1_loss": "meanAbsoluteError(output, target)",
    "binary_cross_entropy_with_logits": "binaryCrossEntropy(logits, targets)",
    "one_hot": "Tensor.oneHot(labels, classes: 10)",
    "pad": "x.padded(1, value: 0)",
]

private let initializers: [String: String] = [
    "kaiming_normal_": "model.initialize(.kaimingNormal(mode: .fanOut))",
    "kaiming_uniform_": "model.initialize(.kaimingUniform())",
    "xavier_normal_": "model.initialize(.xavierNormal())",
    "xavier_uniform_": "model.initialize(.xavierUniform())",
    "trunc_normal_": "model.initialize(.truncatedNormal(standardDeviation: 0.02))",
    "normal_": "model.initialize(.normal(standardDeviation: 0.02))",
    "uniform_": "model.initialize(.uniform(-0.1, 0.1))",
    "orthogonal_": "model.initialize(.orthogonal())",
    "zeros_": "model.initialize(.constant(0))",
    "ones_": "model.initialize(.constant(1))",
    "constant_": "model.initialize(.constant(0))",
]

/// Free names of layers, functions, optimizers and schedules of PyTorch and Keras.
let trainingHints: [String: String] = [
    "Conv2DTranspose": "ConvTranspose2d(6, 1, kernel: 2, stride: 2)",
    "DepthwiseConv2D": "Conv2d(32, 32, kernel: 3, groups: 32)",
    "LayerNormalization": "LayerNorm(192)",
    "GroupNormalization": "GroupNorm(8, 32)",
    "GlobalAveragePooling2D": "GlobalAvgPool2d()",
    "UpSampling2D": "Upsample(scale: 2)",
    "MultiheadAttention": "MultiHeadAttention(embedding: 192, heads: 3)",
    "InstanceNorm2d": "GroupNorm(32, 32), one group a channel",
    "Activation": "ReLU() or another layer of its name",
    "Hardswish": "HardSwish()",
    "Swish": "SiLU()",
    "StochasticDepth": "DropPath(0.1)",
    "Add": "Residual { ... }",
    "Concatenate": "Parallel { ... }",
    "interpolate": "upsample(x, scale: 2, mode: .bilinear)",
    "layer_norm": "layerNorm(x)",
    "group_norm": "groupNorm(x, groups: 8)",
    "conv_transpose2d": "convTranspose2d(x, w, stride: 2)",
    "scaled_dot_product_attention": "scaledDotProductAttention(q, k, v)",
    "attention": "scaledDotProductAttention(q, k, v)",
    "mse_loss": "meanSquaredError(output, target)",
    "l1_loss": "meanAbsoluteError(output, target)",
    "leakyReLU": "x.leakyReLU(slope: 0.01)",
    "silu": "x.silu()",
    "MSELoss": "meanSquaredError(output, target), or loss: .meanSquaredError in fit",
    "L1Loss": "meanAbsoluteError(output, target), or loss: .meanAbsoluteError in fit",
    "BCEWithLogitsLoss": "binaryCrossEntropy(logits, targets), or loss: .binaryCrossEntropy in fit",
    "clip_grad_norm_": "model.clipGradients(.norm(1)), or gradientClipping: .norm(1) in fit",
    "clip_grad_value_": "model.clipGradients(.value(0.5)), or gradientClipping: .value(0.5) in fit",
    "autocast": "withMixedPrecision { ... }, or mixedPrecision: true in fit",
    "GradScaler": "nothing: bfloat16 needs no scaling; withMixedPrecision { ... }",
    "AveragedModel": "ExponentialMovingAverage(of: model)",
    "EMA": "ExponentialMovingAverage(of: model)",
    "ModelEMA": "ExponentialMovingAverage(of: model)",
    "RMSprop": "RMSProp(learningRate: 0.01)",
    "StepLR": "schedule: .step(every: 30) in fit",
    "MultiStepLR": "schedule: .step(at: [30, 60]) in fit",
    "CosineAnnealingLR": "schedule: .cosine in fit",
    "CosineDecay": "schedule: .cosine in fit",
    "LinearLR": "schedule: .warmup(epochs: 1) in fit",
    "ReduceLROnPlateau": "schedule: .plateau() in fit",
    "LambdaLR": "schedule: .step(at: [30, 60]) or another in fit",
    "lr_scheduler": "schedule: .cosine in fit",
    "optim": "the optimizer's own name: AdamW(learningRate: 0.001)",
    "init": "model.initialize(.kaimingNormal(mode: .fanOut))",
    "float16": ".bfloat16",
    "bfloat16": ".bfloat16",
    "jvp": "gradient(of: { ($0 ** 2).sum() }, at: x)",
]

private let optimizers: [String: String] = [
    "SGD": "SGD(learningRate: 0.05, momentum: 0.9)",
    "Adam": "Adam(learningRate: 0.001)",
    "AdamW": "AdamW(learningRate: 0.001, weightDecay: 0.05)",
    "RMSprop": "RMSProp(learningRate: 0.01)",
]
