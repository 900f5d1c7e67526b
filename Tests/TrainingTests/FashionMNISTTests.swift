import Hosting
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

/// LeNet-5 on a tenth of Fashion-MNIST; the whole of it reaches 0.885 in three epochs.
@Suite struct FashionMNISTTests {
    private func lenet() -> Sequential {
        Sequential {
            Conv2d(1, 6, kernel: 5, padding: 2)
            ReLU()
            MaxPool2d(2)
            Conv2d(6, 16, kernel: 5)
            ReLU()
            MaxPool2d(2)
            Flatten()
            Linear(400, 120)
            ReLU()
            Linear(120, 84)
            ReLU()
            Linear(84, 10)
        }
    }

    @Test func aTenthOfTheImagesTeachesLeNetMostOfIt() throws {
        let data = try FashionMNIST()
        seed(1)
        let model = lenet()
        let history = try Recorder().run {
            try fit(
                model, train: data.train.prefix(6000), validation: data.test.prefix(2000),
                epochs: 3, batchSize: 64, optimizer: SGD(learningRate: 0.05, momentum: 0.9),
                schedule: .oneCycle(peak: 0.05))
        }
        #expect(history.last.validation.accuracy > 0.78, "\(history)")
        let evaluation = try Recorder().run { try evaluate(model, on: data.test.prefix(2000)) }
        #expect(abs(evaluation.accuracy - history.last.validation.accuracy) < 1e-9)
        #expect(try model.predict(data.test[0].image).top.count == 5)
    }

    @Test func anInterruptIsAnsweredAtOnce() throws {
        let data = try FashionMNIST()
        let recorder = Recorder(stopAfter: 2)
        #expect(throws: Interrupted.self) {
            try recorder.run {
                try fit(lenet(), train: data.train, epochs: 10, batchSize: 512)
            }
        }
        let asked = try #require(recorder.stopped)
        #expect(ContinuousClock.now - asked < .milliseconds(500))
    }
}
