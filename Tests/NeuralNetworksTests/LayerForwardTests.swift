import NeuralNetworks
import Tensors
import Testing

@Suite struct LayerForwardTests {
    /// A convolution by its definition, in Double.
    private func naive(
        _ x: [Double], _ n: Int, _ c: Int, _ h: Int, _ w: Int, _ weight: [Double], _ bias: [Double],
        _ k: Int, kernel: (Int, Int), stride: Int, padding: Int, dilation: Int, groups: Int
    ) -> (values: [Double], shape: [Int]) {
        let oh = (h + 2 * padding - dilation * (kernel.0 - 1) - 1) / stride + 1
        let ow = (w + 2 * padding - dilation * (kernel.1 - 1) - 1) / stride + 1
        let inner = c / groups
        var out: [Double] = []
        for image in 0..<n {
            for filter in 0..<k {
                let group = filter / (k / groups)
                for i in 0..<oh {
                    for j in 0..<ow {
                        var sum = bias[filter]
                        for channel in 0..<inner {
                            for a in 0..<kernel.0 {
                                for b in 0..<kernel.1 {
                                    let y = i * stride - padding + a * dilation
                                    let z = j * stride - padding + b * dilation
                                    guard (0..<h).contains(y), (0..<w).contains(z) else { continue }
                                    let from =
                                        ((image * c + group * inner + channel) * h + y) * w + z
                                    let at =
                                        ((filter * inner + channel) * kernel.0 + a) * kernel.1 + b
                                    sum += x[from] * weight[at]
                                }
                            }
                        }
                        out.append(sum)
                    }
                }
            }
        }
        return (out, [n, k, oh, ow])
    }

    @Test func convolutionIsItsDefinition() throws {
        seed(3)
        let x = try Tensor.randn([2, 4, 9, 7])
        for (kernel, stride, padding, dilation, groups) in [
            ((3, 3), 1, 0, 1, 1), ((3, 2), 2, 1, 1, 2), ((2, 3), 1, 2, 2, 4), ((1, 1), 3, 0, 1, 1),
        ] {
            let layer = Conv2d(
                4, 8, kernel: [kernel.0, kernel.1], stride: stride, padding: padding,
                dilation: dilation, groups: groups)
            let expected = naive(
                try x.scalars(as: Double.self), 2, 4, 9, 7,
                try layer.weight.value.scalars(as: Double.self),
                try layer["bias"].scalars(as: Double.self), 8, kernel: kernel, stride: stride,
                padding: padding, dilation: dilation, groups: groups)
            try expectElements(
                layer.call(x), expected.values, shape: expected.shape, tolerance: 1e-5)
        }
    }

    @Test func linearIsItsDefinition() throws {
        let layer = Linear(3, 2)
        layer.weight.value = try Tensor([1, 2, 3, -1, 0, 1] as [Float], shape: [2, 3])
        layer.bias?.value = try Tensor([10, 20] as [Float], shape: [2])
        let x = try Tensor([1, 1, 1, 0, 2, 4] as [Float], shape: [2, 3])
        try expectElements(layer.call(x), [16, 20, 26, 24], shape: [2, 2])
    }

    @Test func poolingTakesTheLargestOrTheMean() throws {
        let x = try Tensor((0..<16).map(Float.init), shape: [1, 1, 4, 4])
        try expectElements(MaxPool2d(2).call(x), [5, 7, 13, 15], shape: [1, 1, 2, 2])
        try expectElements(AvgPool2d(2).call(x), [2.5, 4.5, 10.5, 12.5], shape: [1, 1, 2, 2])
        try expectElements(
            MaxPool2d(3, stride: 2, padding: 1).call(x), [5, 7, 13, 15], shape: [1, 1, 2, 2])
        try expectElements(
            AvgPool2d(3, stride: 2, padding: 1).call(x),
            [10.0 / 9, 24.0 / 9, 51.0 / 9, 90.0 / 9], shape: [1, 1, 2, 2], tolerance: 1e-5)
    }

    @Test func flattenJoinsAxes() throws {
        let x = try Tensor.zeros([2, 3, 4, 5])
        #expect(try Flatten().call(x).shape == [2, 60])
        #expect(try Flatten(startAxis: 0, endAxis: 1).call(x).shape == [6, 4, 5])
        #expect(try Flatten(startAxis: -2).call(x).shape == [2, 3, 20])
        #expect(throws: (any Error).self) { try Flatten(startAxis: 2, endAxis: 1).call(x) }
        #expect(throws: (any Error).self) { try Flatten(startAxis: 4).call(x) }
    }

    @Test func dropoutDropsInTrainingAlone() throws {
        seed(5)
        let x = try Tensor.ones([100, 100])
        let layer = Dropout(0.25)
        #expect(try layer.call(x).scalars(as: Float.self) == x.scalars())
        let values = try withTraining { try layer.call(x).scalars(as: Float.self) }
        let dropped = values.filter { $0 == 0 }.count
        #expect(abs(dropped - 2500) < 200)
        #expect(values.allSatisfy { $0 == 0 || abs($0 - 4.0 / 3) < 1e-6 })
    }

    // torch 2.15:
    //   bn = torch.nn.BatchNorm2d(2); x = torch.arange(16.).reshape(2, 2, 2, 2) ** 2 / 10
    //   bn.weight.data = torch.tensor([1., 2.]); bn.bias.data = torch.tensor([0.5, -1.])
    //   y = bn(x); print(y[1, 1].flatten(), bn.running_mean, bn.running_var); bn.eval(); print(bn(x)[1, 1])
    @Test func batchNormalisationIsPyTorchs() throws {
        let layer = BatchNorm2d(2)
        layer.weight?.value = try Tensor([1, 2] as [Float], shape: [2])
        layer.bias?.value = try Tensor([0.5, -1] as [Float], shape: [2])
        let x = try Tensor((0..<16).map { Float($0 * $0) / 10 }, shape: [2, 2, 2, 2])
        let y = try withTraining { try layer.call(x) }
        try expectElements(
            Tensor(Array(y.scalars(as: Float.self).suffix(4)), shape: [4]), torchTraining,
            tolerance: 1e-5)
        try expectElements(layer.runningMean.value, torchMean, tolerance: 1e-6)
        try expectElements(layer.runningVariance.value, torchVariance, tolerance: 1e-5)
        let z = try layer.call(x)
        try expectElements(
            Tensor(Array(z.scalars(as: Float.self).suffix(4)), shape: [4]), torchEvaluation,
            tolerance: 2e-5)
    }

    private let torchTraining: [Double] = [-0.080888, 0.54864, 1.228532, 1.958785]
    private let torchMean: [Double] = [0.475, 1.075]
    private let torchVariance: [Double] = [3.378, 8.109428]
    private let torchEvaluation: [Double] = [8.358405, 10.114203, 12.010466, 14.047192]
}
