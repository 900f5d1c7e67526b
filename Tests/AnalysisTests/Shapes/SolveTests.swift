import Analysis
import NeuralNetworks
import Tensors
import Testing
import VisionModels

/// What layers made with every choice of numbers say themselves.
private func bruteForce(
    from: [Int], to: [Int], kernels: [Int], strides: (Int) -> [Int], paddings: (Int) -> [Int],
    _ make: (Int, Int, Int) throws -> any Layer
) -> Set<[Int]> {
    var found: Set<[Int]> = []
    for kernel in kernels {
        for stride in strides(kernel) {
            for padding in paddings(kernel) {
                guard let layer = try? make(kernel, stride, padding) else { continue }
                if layer.trace(TensorSpec([1] + from)).output?.shape == [1] + to {
                    found.insert([kernel, stride, padding])
                }
            }
        }
    }
    return found
}

private func triples(_ solutions: LayerSolutions) -> [[Int]] {
    solutions.all.map { [$0.kernel[0], $0.stride[0], $0.padding?[0] ?? -1] }
}

@Suite struct SolveTests {
    @Test func convolutionsAreThoseThatTryingAllFinds() throws {
        let solutions = try solve(
            Conv2d(3, 64, kernel: .any, stride: .any, padding: .any), from: [3, 224, 224],
            to: [64, 112, 112], limit: 12)
        let expected = bruteForce(
            from: [3, 224, 224], to: [64, 112, 112], kernels: Array(1...12),
            strides: { _ in Array(1...12) }, paddings: { Array(0..<$0) }
        ) { try Conv2d(inputs: 3, outputs: 64, kernel: $0, stride: $1, padding: $2) }
        #expect(Set(triples(solutions)) == expected)
        #expect(solutions.count == expected.count)
        #expect(Array(triples(solutions).prefix(2)) == [[2, 2, 0], [3, 2, 1]])
        #expect(triples(solutions).contains([7, 2, 3]))
        #expect(solutions.first?.signature == "Conv2d(3, 64, kernel: 2, stride: 2)")
        for position in 0..<solutions.count {
            let layer = try solutions[position]
            #expect(layer.trace(TensorSpec([1, 3, 224, 224])).output?.shape == [1, 64, 112, 112])
        }
    }

    @Test func poolingIsSolvedWithinItsRules() throws {
        for ceil in [false, true] {
            let solutions = try solve(
                MaxPool2d(.any, stride: .any, padding: .any, ceilMode: ceil), from: [8, 13, 13],
                to: [8, 6, 6], limit: 9)
            let expected = bruteForce(
                from: [8, 13, 13], to: [8, 6, 6], kernels: Array(1...9),
                strides: { _ in Array(1...9) }, paddings: { Array(0...($0 / 2)) }
            ) { try MaxPool2d(kernel: $0, stride: $1, padding: $2, ceilMode: ceil) }
            #expect(Set(triples(solutions)) == expected)
        }
        let usual = try solve(AvgPool2d(.any), from: [8, 12, 12], to: [8, 4, 4])
        #expect(usual.first?.signature == "AvgPool2d(3)")
    }

    @Test func transposedConvolutionsAreSolved() throws {
        let asked = ConvTranspose2d(
            4, 2, kernel: .any, stride: .any, padding: .any, outputPadding: .any)
        let solutions = try solve(asked, from: [4, 7, 7], to: [2, 14, 14], limit: 6)
        var expected: Set<[Int]> = []
        for extra in 0..<6 {
            expected.formUnion(
                bruteForce(
                    from: [4, 7, 7], to: [2, 14, 14], kernels: Array(1...6),
                    strides: { _ in Array(1...6) }, paddings: { Array(0..<$0) }
                ) {
                    try ConvTranspose2d(
                        inputs: 4, outputs: 2, kernel: $0, stride: $1, padding: $2,
                        outputPadding: extra)
                }.map { $0 + [extra] })
        }
        let found = solutions.all.map {
            [$0.kernel[0], $0.stride[0], $0.padding?[0] ?? -1, $0.outputPadding[0]]
        }
        #expect(Set(found) == expected)
        #expect(solutions.first?.signature == "ConvTranspose2d(4, 2, kernel: 2, stride: 2)")
    }

    @Test func axesMayDiffer() throws {
        let solutions = try solve(
            Conv2d(1, 1, kernel: 3, stride: .any, padding: 1), from: [1, 32, 64], to: [1, 16, 16])
        #expect(solutions.all.map(\.stride) == [[2, 4]])
        #expect(
            solutions.first?.trace(TensorSpec([1, 1, 32, 64])).output?.shape == [1, 1, 16, 16])
    }

    @Test func whatIsGivenStays() throws {
        let solutions = try solve(
            Conv2d(3, 8, kernel: .any, padding: .same), from: [3, 9, 9], to: [8, 9, 9], limit: 5)
        #expect(solutions.count == 5)
        #expect(
            try solve(Conv2d(3, 8, kernel: .any), from: [3, 9, 9], to: [8, 10, 10]).first == nil)
    }

    @Test func anOpenLayerComputesNothingAndSaysSo() throws {
        let open = Conv2d(3, 64, kernel: .any, stride: .any, padding: 1)
        #expect(open.signature == "Conv2d(3, 64, kernel: .any, stride: .any, padding: 1)")
        #expect(throws: (any Error).self) { try open.call(Tensor.zeros([1, 3, 8, 8])) }
        #expect(throws: LayerError.self) {
            try solve(ReLU(), from: [3, 8, 8], to: [3, 4, 4])
        }
        #expect(throws: TensorError.self) { try solve(open, from: [4, 8, 8], to: [64, 4, 4]) }
        #expect(throws: TensorError.self) { try solve(open, from: [3, 8], to: [64, 4, 4]) }
    }

    @Test func theHeadFits() throws {
        let maps = try Sequential {
            Conv2d(3, 16, kernel: 3)
            ReLU()
        }.appendingHead(classes: 10)
        #expect(try maps.call(Tensor.zeros([2, 3, 9, 9])).shape == [2, 10])
        #expect(maps.children.map(\.name) == ["0", "1", "2", "3"])

        let flat = Sequential {
            Conv2d(1, 4, kernel: 3)
            Flatten()
        }
        #expect(throws: LayerError.self) { try flat.appendingHead(classes: 10) }
        let net = try flat.appendingHead(classes: 10, input: [1, 8, 8])
        #expect(try net.call(Tensor.zeros([2, 1, 8, 8])).shape == [2, 10])

        let body = try ResNet18()
        let other = try body.appendingHead(classes: 3)
        #expect(try other.call(Tensor.zeros([1, 3, 32, 32])).shape == [1, 3])
        #expect(other.namedState.contains { $0.name == "layer1.0.conv1.weight" })
    }
}
