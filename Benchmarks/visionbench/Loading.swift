import VisionEngine

/// The time to read the weights of a ResNet-50 into a fresh network and to run a photograph through
/// it for the first time. The peer is in Benchmarks/loading/compare.py.
func measureLoading(_ paths: [String], seconds: Double) throws {
    let x = try Tensor.full([1, 3, 224, 224], 0.5)
    for path in paths {
        var networks: [Network] = []
        let most = 64
        for _ in 0..<most { networks.append(try ResNet50()) }
        try report(
            path,
            timed(seconds: seconds, least: 9, most: most - 4) {
                guard let network = networks.popLast() else { return }
                try network.load(path)
                _ = try withoutGradient { try network.call(x).scalars(as: Float.self) }
            })
    }
}
