import Tensors
import Testing
import VisionModels

@Suite struct EfficientNetLiteTests {
    @Test func hasThePublishedNumberOfParameters() throws {
        #expect(try EfficientNetLite0().parameterCount == 4_652_008)
    }

    @Test func takesOtherSizesClassesAndChannels() throws {
        let net = try EfficientNetLite0(classes: 10, inputChannels: 1)
        #expect(try net.call(Tensor.zeros([2, 1, 33, 47])).shape == [2, 10])
    }
}
