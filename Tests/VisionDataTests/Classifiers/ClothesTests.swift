import Foundation
import Testing
import VisionData

@Suite("Features on Fashion-MNIST")
struct ClothesTests {
    @Test(
        "HOG and a linear machine reach .90 on all of Fashion-MNIST",
        .enabled(if: FileManager.default.fileExists(atPath: FashionMNIST.systemFolder)))
    func clothes() throws {
        let data = try FashionMNIST(path: FashionMNIST.systemFolder)
        let svm = try LinearSVM()
        try svm.fit(try hog(data.train, cell: 4, block: 2), data.train.labels)
        let accuracy = try svm.accuracy(
            try hog(data.test, cell: 4, block: 2), data.test.labels)
        #expect(accuracy >= 0.9, "accuracy \(accuracy)")
    }
}
