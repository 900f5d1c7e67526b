import Testing

/// Networks with a mistake that people make, each a script that fails when it runs.
struct BrokenNetwork: Sendable, CustomTestStringConvertible {
    /// What is wrong.
    let mistake: String
    let script: String
    var testDescription: String { mistake }

    static let all = [
        BrokenNetwork(
            mistake: "a Linear layer of the wrong size behind the last pooling",
            script: """
                let net = Sequential {
                    Conv2d(1, 6, kernel: 5); ReLU(); MaxPool2d(2)
                    Conv2d(6, 16, kernel: 5); ReLU(); MaxPool2d(2)
                    Flatten(); Linear(400, 120); ReLU(); Linear(120, 10)
                }
                print(net(Tensor.zeros([4, 1, 28, 28])).shape)
                """),
        BrokenNetwork(
            mistake: "two Linear layers that do not meet",
            script: """
                let net = Sequential { Flatten(); Linear(784, 128); ReLU(); Linear(256, 10) }
                print(net(Tensor.zeros([4, 1, 28, 28])).shape)
                """),
        BrokenNetwork(
            mistake: "a convolution that takes other channels than come",
            script: """
                let net = Sequential { Conv2d(3, 16, kernel: 3); ReLU(); Conv2d(32, 64, kernel: 3) }
                print(net(Tensor.zeros([2, 3, 32, 32])).shape)
                """),
        BrokenNetwork(
            mistake: "images into a Linear layer",
            script: """
                let net = Sequential { Conv2d(1, 4, kernel: 3); ReLU(); Linear(144, 10) }
                print(net(Tensor.zeros([2, 1, 8, 8])).shape)
                """),
        BrokenNetwork(
            mistake: "no Flatten, and the size would be wrong with one",
            script: """
                let net = Sequential { Conv2d(1, 4, kernel: 3); ReLU(); MaxPool2d(2); Linear(100, 10) }
                print(net(Tensor.zeros([2, 1, 12, 12])).shape)
                """),
        BrokenNetwork(
            mistake: "a head on the channels of maps",
            script: """
                let net = Sequential { Conv2d(3, 32, kernel: 3); ReLU(); Linear(32, 5) }
                print(net(Tensor.zeros([2, 3, 16, 16])).shape)
                """),
        BrokenNetwork(
            mistake: "a photograph with its channels last",
            script: """
                let net = Sequential { Conv2d(3, 8, kernel: 3); ReLU(); GlobalAvgPool2d(); Linear(8, 2) }
                let x = Tensor.zeros([1, 32, 48, 3])
                print(net(x).shape)
                """),
        BrokenNetwork(
            mistake: "one picture instead of a batch",
            script: """
                let net = LeNet()
                let x = Tensor.zeros([1, 28, 28])
                print(net(x).shape)
                """),
        BrokenNetwork(
            mistake: "pixels of 0 to 255 as whole numbers",
            script: """
                let net = LeNet()
                let x = Tensor.full([1, 1, 28, 28], 128, dtype: .uint8)
                print(net(x).shape)
                """),
        BrokenNetwork(
            mistake: "an image that four poolings leave nothing of",
            script: """
                let net = Sequential {
                    Conv2d(1, 4, kernel: 3, padding: 1); MaxPool2d(2); Conv2d(4, 4, kernel: 3, padding: 1); MaxPool2d(2)
                    Conv2d(4, 4, kernel: 3, padding: 1); MaxPool2d(4); GlobalAvgPool2d(); Linear(4, 2)
                }
                print(net(Tensor.zeros([1, 1, 12, 12])).shape)
                """),
        BrokenNetwork(
            mistake: "an image that a published network is too deep for",
            script: """
                let net = AlexNet(classes: 10)
                let x = Tensor.zeros([1, 3, 48, 48])
                print(net(x).shape)
                """),
        BrokenNetwork(
            mistake: "tokens of another width than attention takes",
            script: """
                let net = Sequential { PatchEmbedding(3, 192, patch: 4); MultiHeadAttention(embedding: 128, heads: 4) }
                print(net(Tensor.zeros([1, 3, 16, 16])).shape)
                """),
        BrokenNetwork(
            mistake: "heads that do not divide the features",
            script: """
                let attention = MultiHeadAttention(embedding: 64, heads: 5)
                print(attention(Tensor.zeros([1, 9, 64])).shape)
                """),
        BrokenNetwork(
            mistake: "a patch that does not divide the image",
            script: """
                let net = Sequential { PatchEmbedding(3, 64, patch: 5); TransformerEncoder(embedding: 64, heads: 4, depth: 1) }
                print(net(Tensor.zeros([1, 3, 32, 32])).shape)
                """),
        BrokenNetwork(
            mistake: "groups that do not divide the channels that come",
            script: """
                let net = Sequential { Conv2d(3, 12, kernel: 3); Conv2d(8, 16, kernel: 3, groups: 8) }
                print(net(Tensor.zeros([1, 3, 16, 16])).shape)
                """),
        BrokenNetwork(
            mistake: "a layer whose groups do not divide its own channels",
            script: """
                let layer = Conv2d(6, 12, kernel: 3, groups: 4)
                print(layer(Tensor.zeros([1, 6, 8, 8])).shape)
                """),
        BrokenNetwork(
            mistake: "a residual block that changes the channels",
            script: """
                let net = Residual { Conv2d(8, 16, kernel: 3, padding: 1); ReLU(); Conv2d(16, 16, kernel: 3, padding: 1) }
                print(net(Tensor.zeros([1, 8, 8, 8])).shape)
                """),
        BrokenNetwork(
            mistake: "a residual block without padding",
            script: """
                let net = Sequential { Residual { Conv2d(8, 8, kernel: 3); ReLU() } }
                print(net(Tensor.zeros([1, 8, 8, 8])).shape)
                """),
        BrokenNetwork(
            mistake: "a normalisation of other channels",
            script: """
                let net = Sequential { Conv2d(3, 32, kernel: 3); BatchNorm2d(64); ReLU() }
                print(net(Tensor.zeros([1, 3, 8, 8])).shape)
                """),
        BrokenNetwork(
            mistake: "other channels in, and a normalisation of others",
            script: """
                let net = Sequential { Conv2d(1, 8, kernel: 3); BatchNorm2d(16); ReLU(); GlobalAvgPool2d(); Linear(8, 2) }
                print(net(Tensor.zeros([1, 3, 8, 8])).shape)
                """),
    ]
}
