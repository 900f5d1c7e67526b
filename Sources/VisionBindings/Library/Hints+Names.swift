/// Free names of networks, losses and training.
let networkHints: [String: String] = [
    "Dense": "Linear(400, 120)",
    "Conv2D": "Conv2d(1, 6, kernel: 5)",
    "MaxPooling2D": "MaxPool2d(2)",
    "MaxPool2D": "MaxPool2d(2)",
    "AveragePooling2D": "AvgPool2d(2)",
    "AvgPool2D": "AvgPool2d(2)",
    "BatchNormalization": "BatchNorm2d(16)",
    "BatchNorm": "BatchNorm2d(16)",
    "Module": "Sequential { ... }",
    "Model": "Sequential { ... }",
    "CrossEntropyLoss": "crossEntropy(logits, labels), or loss: .crossEntropy in fit",
    "cross_entropy": "crossEntropy(logits, labels)",
    "SparseCategoricalCrossentropy": "loss: .crossEntropy",
    "conv2D": "conv2d(x, w)",
    "max_pool2d": "maxPool2d(x, 2)",
    "avg_pool2d": "avgPool2d(x, 2)",
    "relu": "x.relu()",
    "gelu": "x.gelu()",
    "sigmoid": "x.sigmoid()",
    "softmax": "x.softmax(axis: -1)",
    "log_softmax": "x.logSoftmax(axis: -1)",
    "matmul": "a • b",
    "concatenate": "concatenated([a, b], axis: 0)",
    "concat": "concatenated([a, b], axis: 0)",
    "cat": "concatenated([a, b], axis: 0)",
    "stack": "stacked([a, b], axis: 0)",
    "where_": "which(mask, a, b)",
    "tensor": "Tensor([[1, 2], [3, 4]])",
    "array": "Tensor([[1, 2], [3, 4]])",
    "ndarray": "Tensor([[1, 2], [3, 4]])",
    "MLXArray": "Tensor([[1, 2], [3, 4]])",
    "zeros": "Tensor.zeros([2, 3])",
    "ones": "Tensor.ones([2, 3])",
    "full": "Tensor.full([2], 7)",
    "eye": "Tensor.eye(3)",
    "arange": "Tensor.arange(0, 10, step: 2)",
    "linspace": "Tensor.linspace(0, 1, count: 5)",
    "rand": "Tensor.rand([2, 3])",
    "randn": "Tensor.randn([2, 3])",
    "no_grad": "withoutGradient { ... }",
    "noGrad": "withoutGradient { ... }",
    "manual_seed": "seed(1)",
    "grad": "gradient(of: { ($0 ** 2).sum() }, at: x)",
    "valueAndGrad": "gradient(of: { ($0 ** 2).sum() }, at: x)",
    "DataLoader": "data.train.batches(64, shuffled: true)",
    "MNIST": "FashionMNIST()",
    "OneCycleLR": "schedule: .oneCycle(peak: 0.05) in fit",
    "nn.Parameter": "Parameter(Tensor.ones([8])), held by a struct that conforms to Layer",
    "timeit": "measure(repeats: 10) { ... }",
    "len": "x.count",
    "range": "0..<10",
    "train": "fit(model, train: data.train)",
]

/// Pictures in Pillow, OpenCV, torchvision and matplotlib.
let imageHints: [String: String] = [
    "Image.open": "Image(\"cat.jpg\")",
    "Image.size": "width and height",
    "Image.shape": "width, height and channels, or pixels.shape",
    "Image.resize": "resized(224, 224)",
    "Image.crop": "cropped(x: 0, y: 0, width: 64, height: 64)",
    "Image.rotate": "rotated(degrees: 15)",
    "Image.convert": "converted(to: .gray)",
    "Image.show": "show(photo)",
    "Image.flipped": "flippedHorizontally()",
    "Image.grayscaled": "grayscale()",
    "Image.fromarray": "Image(tensor)",
    "imshow": "show(x)",
    "imread": "Image(\"cat.jpg\")",
    "imwrite": "photo.save(\"out.png\")",
    "read_image": "Image(\"cat.jpg\")",
    "make_grid": "grid(images, columns: 4)",
    "Resize": "photo.resized(224, 224)",
    "CenterCrop": "photo.centerCropped(224)",
    "ToTensor": "photo.tensor",
]

/// Names of the language that this version does not have, and what to do without them.
let absentNames: [([String], String)] = [
    (
        [
            "LeNet", "AlexNet", "VGG11", "VGG13", "VGG16", "VGG19", "GoogLeNet", "InceptionV3",
            "ResNet18", "ResNet34", "ResNet50", "ResNet101", "ResNet152", "ResNeXt50",
            "WideResNet50", "DenseNet121", "MobileNetV2", "MobileNetV3Small", "MobileNetV3Large",
            "EfficientNetB0", "EfficientNetLite0", "ConvNeXtTiny", "ViT_B16", "ViT_B32", "ViT_L16",
            "DeiTTiny", "DeiTSmall", "SwinTiny",
        ], "Sequential { } with Conv2d, Residual, TransformerEncoder and the other layers"
    ),
    (["pretrained"], "fit to train a model, or model.load(\"w.safetensors\")"),
    (["Layer.classify"], "predict(photo)"),
    (
        ["sobel", "canny", "harris", "hog", "lbp", "gabor", "sift", "BagOfVisualWords"],
        "conv2d(photo.grayscale().tensor.expandedDimensions(axis: 0), kernel) with a kernel of "
            + "your own"
    ),
    (
        ["LinearSVM", "KNearestNeighbors", "SoftmaxRegression"],
        "Sequential { Flatten(); Linear(784, 10) } with fit"
    ),
    (["DType.float16", "DType.float64"], ".float32"),
    (
        ["ColorSpace.hsv", "ColorSpace.lab", "ColorSpace.ycbcr"],
        ".rgb or .gray"
    ),
    (["CIFAR10", "ImageFolder"], "FashionMNIST()"),
]
