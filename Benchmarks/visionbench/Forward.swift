import VisionEngine

/// A published network looking at a batch of photographs' size; Benchmarks/forward_peers.py has the
/// same ones.
struct ForwardCase: Sendable {
    let name: String
    let batch: Int
    let make: @Sendable () throws -> Network

    static let all: [ForwardCase] = [1, 8].flatMap { batch in
        let networks: [(String, @Sendable () throws -> Network)] = [
            ("alexnet", { try AlexNet() }), ("vgg16", { try VGG16() }),
            ("googlenet", { try GoogLeNet() }), ("resnet18", { try ResNet18() }),
            ("resnet50", { try ResNet50() }), ("mobilenet_v2", { try MobileNetV2() }),
            ("vit_b_16", { try ViT_B16() }),
        ]
        return networks.map { name, make in
            ForwardCase(name: "\(name)-\(batch)", batch: batch, make: make)
        }
    }

    /// Times the network in evaluation mode without gradients, from the pixels to scores that are
    /// read.
    func measure(seconds: Double) throws {
        seed(0)
        let network = try make()
        let images = try Tensor.randn([batch, 3, 224, 224])
        try withoutGradient {
            try report(
                name,
                timed(seconds: seconds, least: 9) {
                    _ = try network.call(images).scalars(as: Float.self)
                })
        }
    }
}
