import Foundation
import Hosting
import Tensors
import Testing

@Suite struct PrintingTests {
    @Test func nestedBracketsWithOneRowALine() throws {
        #expect("\(try Tensor([[1, 2.5], [3, 4]]))" == "[[1.0, 2.5],\n [3.0, 4.0]]")
        #expect("\(try Tensor([1, 2, 3], dtype: .int32))" == "[1, 2, 3]")
        #expect("\(try Tensor([true, false]))" == "[true, false]")
        #expect(
            "\(try Tensor([[[1], [2]], [[3], [4]]]))"
                == "[[[1.0],\n  [2.0]],\n\n [[3.0],\n  [4.0]]]")
        #expect("\(try Tensor([[1, 2], [3, 4]]).transposed())" == "[[1.0, 3.0],\n [2.0, 4.0]]")
    }

    @Test func aTensorWithoutAxesIsItsNumber() throws {
        #expect("\(try Tensor.full([], 0.6931472))" == "0.6931")
        #expect("\(try Tensor.full([], 3, dtype: .int64))" == "3")
    }

    @Test func decimalsAreOneToFour() throws {
        #expect(
            "\(try Tensor([0.1, 1.0 / 3, 2, -0.00001, 1234567.25, 10.05]))"
                == "[0.1, 0.3333, 2.0, -0.0, 1234567.25, 10.05]")
        #expect("\(try Tensor([Double.nan, .infinity, -.infinity, 1]))" == "[nan, inf, -inf, 1.0]")
    }

    @Test func verySmallAndVeryLargeNumbersAreScientific() throws {
        #expect("\(try Tensor([0.00012345678, 0, -0.0005]))" == "[1.2346e-04, 0.0, -5.0e-04]")
        #expect("\(try Tensor([1e20, 1.5]))" == "[1.0e+20, 1.5e+00]")
        #expect("\(try Tensor([Double(Float.leastNonzeroMagnitude)]))" == "[1.4013e-45]")
    }

    @Test func nothingIsTwoBrackets() throws {
        #expect("\(try Tensor.zeros([0]))" == "[]")
        #expect("\(try Tensor.zeros([2, 0, 3]))" == "[]")
    }

    @Test func symbolicTensorsSaySo() {
        #expect(
            "\(Tensor.symbolic(TensorSpec([1, 28, 28])))"
                == "Tensor [1, 28, 28] float32 (shape only)")
    }

    @Test func longAxesAreShortenedBeyondAThousandElements() throws {
        let row = try Tensor.arange(0, 1001, dtype: .int64)
        #expect("\(row)" == "[0, 1, 2, ..., 998, 999, 1000]")
        #expect("\(try row[0..<1000])".contains("500"))
        #expect(
            "\(try Tensor.arange(0, 2000, dtype: .int32).reshaped(1000, 2))"
                == """
                [[0, 1],
                 [2, 3],
                 [4, 5],
                 ...,
                 [1994, 1995],
                 [1996, 1997],
                 [1998, 1999]]
                """)
        let image = "\(try Tensor.zeros([64, 3, 224, 224]))"
        #expect(
            image.split(separator: "\n").filter { !$0.contains("[0.0, 0.0, 0.0, ...") }
                .allSatisfy { $0.trimmingPrefix { $0 == " " } == "...," })
        #expect(image.utf8.count < 40_000)
    }

    @Test func manyAxesStayReadable() throws {
        let text = "\(try Tensor.zeros([Int](repeating: 2, count: 20), dtype: .bool))"
        #expect(text.utf8.count < 500_000)
        #expect(text.contains("..."))
    }

    @Test func arraysAreNestedNumbers() throws {
        #expect("\(try Tensor([[1, 2.5], [3, 4]]).array())" == "[[1.0, 2.5], [3.0, 4.0]]")
        #expect(
            try Tensor([[1], [2]], dtype: .int32).array()
                == .list([.list([.integer(1)]), .list([.integer(2)])]))
        #expect(try Tensor([true]).array() == .list([.boolean(true)]))
        #expect(try Tensor.full([], 2).array() == .real(2))
        #expect(try Tensor.zeros([2, 0]).array() == .list([.list([]), .list([])]))
        #expect(try Tensor([[1, 2]]).array().value as? [[Double]] == [[1, 2]])
        #expect(
            thrownText { try Tensor.symbolic(TensorSpec([2])).array() }.hasPrefix(
                "array: a symbolic"))
    }

    @Test func captionsGiveTheRange() throws {
        #expect(try Tensor([3, 1, 2], dtype: .int32).caption() == "Tensor [3] int32, 1 to 3")
        #expect(try Tensor([true, false]).caption() == "Tensor [2] bool, 1 of 2 true")
        #expect(
            try Tensor([1, Double.nan, 2]).caption()
                == "Tensor [3] float32, 1.0 to 2.0, 1 not finite")
        #expect(try Tensor([Double.nan]).caption() == "Tensor [1] float32, nothing finite")
        #expect(try Tensor.zeros([0]).caption() == "Tensor [0] float32")
    }
}
