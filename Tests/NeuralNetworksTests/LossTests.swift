import NeuralNetworks
import Tensors
import Testing

@Suite struct LossTests {
    private let logits: [Float] = [1, 2, 0.5, -1, 0.3, 2.2]
    private let labels = [1, 0]

    @Test func lossesAreTheFunctionsOfTheirNames() throws {
        let output = try Tensor(logits, shape: [2, 3])
        let labels = try Tensor(labels.map(Int64.init), shape: [2])
        let weights = try Tensor([1, 2, 0.5] as [Float], shape: [3])
        let pairs: [(Loss, Tensor)] = try [
            (.crossEntropy, crossEntropy(output, labels)),
            (
                .crossEntropy(labelSmoothing: 0.1, classWeights: weights),
                crossEntropy(output, labels, labelSmoothing: 0.1, classWeights: weights)
            ),
            (.focalLoss(gamma: 1.5), focalLoss(output, labels, gamma: 1.5)),
        ]
        for (loss, expected) in pairs {
            #expect(try loss(output, labels).item() == expected.item(), "\(loss)")
        }
        let targets = try Tensor.ones([2, 3])
        for (loss, expected) in try [
            (Loss.meanSquaredError, meanSquaredError(output, targets)),
            (.meanAbsoluteError, meanAbsoluteError(output, targets)),
            (.binaryCrossEntropy, binaryCrossEntropy(output, targets)),
        ] { #expect(try loss(output, targets).item() == expected.item(), "\(loss)") }
    }

    @Test func oneLogitTakesLabels() throws {
        let output = try Tensor([2, -1] as [Float], shape: [2, 1])
        let labels = try Tensor([1, 1] as [Int64], shape: [2])
        // log(1 + exp(-2)) = 0.126928011 and log(1 + exp(1)) = 1.313261688.
        let expected = (0.126928011 + 1.313261688) / 2
        #expect(try abs(Loss.binaryCrossEntropy(output, labels).item() - expected) < 1e-6)
        #expect(try abs(Loss.meanSquaredError(output, labels).item() - 2.5) < 1e-6)
    }

    @Test func lossesPrintAsOneWritesThem() throws {
        #expect("\(Loss.crossEntropy(labelSmoothing: 0.1))" == ".crossEntropy(labelSmoothing: 0.1)")
        #expect("\(Loss.focalLoss())" == ".focalLoss(gamma: 2.0)")
        #expect("\(Loss.meanSquaredError)" == ".meanSquaredError")
    }
}
