import Foundation
import Tensors
import Testing

/// Functions that the fixtures have no cases for, with sizes, numbers, axes and texts they are not
/// made for.
@Suite(.serialized) struct BadInputFunctionTests {
    private let sizes = [0, -1, 1, 3, 1 << 20, 1 << 31, 1 << 40, 1 << 62, Int.max, Int.min]
    private let reals = [
        0, -1, 0.5, 1, 2, 1e-300, 1e300, Double.nan, .infinity, -.infinity, 1e-320,
    ]

    @Test func creation() {
        for size in sizes {
            attempt("bad: eye(\(size))") { _ = try Tensor.eye(size) }
            for other in sizes {
                for dtype in [DType.float32, .bool, .int64] {
                    attempt("bad: zeros([\(size), \(other)], \(dtype))") {
                        _ = try Tensor.zeros([size, other], dtype: dtype)
                    }
                }
                attempt("bad: randn([\(size), \(other)])") {
                    _ = try Tensor.randn([size, other])
                }
                attempt("bad: rand([\(size), \(other)])") { _ = try Tensor.rand([size, other]) }
            }
            for end in reals {
                attempt("bad: linspace(0, \(end), \(size))") {
                    _ = try Tensor.linspace(0, end, count: size)
                }
            }
            attempt("bad: oneHot(\(size))") {
                _ = try Tensor.oneHot(Tensor([1, 2], dtype: .int64), classes: size)
            }
            attempt("bad: oneHot of \(size)") {
                _ = try Tensor.oneHot(Tensor([size], shape: [1]), classes: 3)
            }
            attempt("bad: Tensor shape \(size)") { _ = try Tensor([1.0, 2], shape: [size]) }
        }
        for start in reals {
            for end in reals {
                for step in reals {
                    attempt("bad: arange(\(start), \(end), \(step))") {
                        _ = try Tensor.arange(start, end, step: step)
                        _ = try Tensor.arange(start, end, step: step, dtype: .uint8)
                    }
                }
            }
            for dtype in DType.allCases {
                attempt("bad: full(\(start), \(dtype))") {
                    _ = try Tensor.full([2], start, dtype: dtype)
                }
                attempt("bad: cast \(start), \(dtype)") {
                    _ = try Tensor.full([2], start).cast(to: dtype)
                }
            }
        }
        attempt("bad: ragged") { _ = try Tensor([[1.0, 2], [3]]) }
        attempt("bad: nothing") { _ = try Tensor([] as [Double]) }
        attempt("bad: nested nothing") { _ = try Tensor([[], []] as [[Double]]) }
    }

    @Test func axesAndCounts() throws {
        for x in [
            try Tensor.ones([2, 3, 4]), try Tensor.ones([]), try Tensor.ones([0, 3]),
            try Tensor.ones([2, 3], dtype: .bool),
        ] {
            for size in sizes {
                let what = "\(x.spec), \(size)"
                attempt("bad: sum \(what)") { _ = try x.sum(axis: size) }
                attempt("bad: mean \(what)") { _ = try x.mean(axes: [0, size]) }
                attempt("bad: max \(what)") { _ = try x.max(axis: size) }
                attempt("bad: variance \(what)") { _ = try x.variance(axis: size, unbiased: true) }
                attempt("bad: any \(what)") { _ = try x.any(axis: size) }
                attempt("bad: argMax \(what)") { _ = try x.argMax(axis: size) }
                attempt("bad: squeezed \(what)") { _ = try x.squeezed(axis: size) }
                attempt("bad: expanded \(what)") { _ = try x.expandedDimensions(axis: size) }
                attempt("bad: flattened \(what)") { _ = try x.flattened(startAxis: size) }
                attempt("bad: transposed \(what)") { _ = try x.transposed(0, size, 1) }
                attempt("bad: reshaped \(what)") { _ = try x.reshaped(size, -1) }
                attempt("bad: reshaped both \(what)") { _ = try x.reshaped(size, size) }
                attempt("bad: broadcast \(what)") { _ = try x.broadcast(to: [size, 2, 3, 4]) }
                attempt("bad: split \(what)") { _ = try x.split(parts: size, axis: 0) }
                attempt("bad: split axis \(what)") { _ = try x.split(parts: 1, axis: size) }
                attempt("bad: concatenated \(what)") { _ = try concatenated([x, x], axis: size) }
                attempt("bad: stacked \(what)") { _ = try stacked([x, x], axis: size) }
                attempt("bad: topK \(what)") { _ = try x.topK(size) }
                attempt("bad: sorted \(what)") { _ = try x.sorted(axis: size) }
                attempt("bad: rolled \(what)") { _ = try x.rolled(by: size, axis: 0) }
                attempt("bad: tiled \(what)") { _ = try x.tiled(size, 2, size) }
                attempt("bad: padded \(what)") { _ = try x.padded(size) }
                attempt("bad: index \(what)") { _ = try x.indexed(by: [size]) }
                attempt("bad: range \(what)") {
                    _ = try x.indexed(by: [IndexPart.stride(from: size, to: nil, by: 1)])
                    _ = try x.indexed(by: [IndexPart.stride(from: 0, to: size, by: 1)])
                }
                attempt("bad: step \(what)") {
                    _ = try x.indexed(by: [IndexPart.stride(from: 0, to: 2, by: size)])
                }
                attempt("bad: assigned \(what)") {
                    var y = x
                    try y.assign(5, at: [size])
                }
                attempt("bad: softmax \(what)") { _ = try x.softmax(axis: size) }
                attempt("bad: einsum \(what)") {
                    _ = try einsum("ij,jk->ik", x, Tensor.ones([3, max(0, min(size, 9))]))
                }
            }
            for probability in reals {
                attempt("bad: dropout \(x.spec), \(probability)") {
                    _ = try dropout(x, probability: probability)
                }
                attempt("bad: clipped \(x.spec), \(probability)") {
                    _ = try x.clipped(probability, 1)
                }
                attempt("bad: power \(x.spec), \(probability)") {
                    _ = try Tensor.power(x, .real(probability))
                }
            }
        }
        attempt("bad: concatenated nothing") { _ = try concatenated([]) }
        attempt("bad: stacked nothing") { _ = try stacked([]) }
    }

    @Test func equations() throws {
        let x = try Tensor.ones([2, 2])
        for equation in [
            "", "->", ",", "ij", "ij->", "ij->ij->ij", "ij,jk", "i,j->", "ij->k", "ij->ii", "iij->",
            "...", "...->...", "ij...->...", "....ij->", "i j -> j i", "1j->j", "ij,->ij", "é->é",
            "->ij", "-", ">", "ij>ji", "ij-ji", "ij,ij,ij->ij",
            String(repeating: "a", count: 10_000),
            String(repeating: ",", count: 1000), "\u{0}\u{0}->", "..ij->ij", "ij->...ij",
        ] {
            attempt("bad: einsum \(equation.prefix(20)) of one") { _ = try einsum(equation, x) }
            attempt("bad: einsum \(equation.prefix(20)) of two") { _ = try einsum(equation, x, x) }
            attempt("bad: einsum \(equation.prefix(20)) of none") { _ = try einsum(equation, []) }
        }
    }

    @Test func gradientsAndSteps() throws {
        let x = try Tensor.ones([2, 3])
        x.requiresGradient = true
        for other in [
            try Tensor.ones([3, 2]), try Tensor.ones([]), try Tensor.ones([2, 3], dtype: .int64),
            try Tensor.ones([2, 3], dtype: .bool), try Tensor.zeros([0]),
            Tensor.symbolic(TensorSpec([2, 3])),
        ] {
            let what = "\(other.spec)\(other.isSymbolic ? " symbolic" : "")"
            attempt("bad: backward from \(what)") {
                try Tensor.multiplying(x, x).backward(from: other)
            }
            attempt("bad: backward of \(what)") { try other.backward() }
            attempt("bad: setGradient \(what)") { try x.setGradient(other) }
            attempt("bad: sgdStep \(what)") {
                var weights = x
                var state = SGDState()
                try sgdStep(
                    &weights, gradient: other, state: &state, learningRate: .nan, momentum: 0.9)
            }
            attempt("bad: adamStep \(what)") {
                var weights = x
                var state = AdamState()
                try adamStep(&weights, gradient: other, state: &state, learningRate: .infinity)
            }
            attempt("bad: sgdStep on \(what)") {
                var weights = other
                var state = SGDState()
                try sgdStep(&weights, gradient: x, state: &state, learningRate: 0.1)
            }
            attempt("bad: elements of \(what)") { _ = try other.scalars(as: Float.self) }
            attempt("bad: item of \(what)") { _ = try other.item() }
            attempt("bad: save \(what)") {
                let path = FileManager.default.temporaryDirectory
                    .appendingPathComponent("bad-input.npy").path
                defer { try? FileManager.default.removeItem(atPath: path) }
                try other.save(path)
                _ = try Tensor.load(path)
            }
        }
        x.clearGradient()
        attempt("bad: description") { _ = try Tensor.full([2], .nan).description }
        attempt("bad: description of empty") { _ = try Tensor.zeros([2, 0, 3]).description }
    }
}
