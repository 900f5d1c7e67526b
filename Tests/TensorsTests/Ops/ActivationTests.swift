import Glibc
import Tensors
import Testing

/// A function with what it should give in double precision.
struct Function: Sendable, CustomTestStringConvertible {
    let name: String
    let run: @Sendable (Tensor) throws -> Tensor
    let value: @Sendable (Double) -> Double
    /// The largest error in units of 1e-7 of the value and in absolute terms, whichever is larger.
    var relative = 3.0
    var absolute = 0.0
    var testDescription: String { name }

    static let all: [Function] = [
        Function(name: "exp", run: { try $0.exp() }, value: { exp($0) }, relative: 2.5),
        Function(name: "tanh", run: { try $0.tanh() }, value: { tanh($0) }, relative: 2),
        Function(
            name: "sigmoid", run: { try $0.sigmoid() }, value: { 1 / (1 + exp(-$0)) }, relative: 4),
        Function(name: "sin", run: { try $0.sin() }, value: { sin($0) }, relative: 2),
        Function(name: "cos", run: { try $0.cos() }, value: { cos($0) }, relative: 2),
        Function(name: "relu", run: { try $0.relu() }, value: { max(0, $0) }, relative: 0),
        Function(
            name: "relu6", run: { try $0.relu6() }, value: { min(6, max(0, $0)) }, relative: 0),
        Function(
            name: "leakyReLU", run: { try $0.leakyReLU(slope: 0.125) },
            value: { $0 < 0 ? 0.125 * $0 : $0 }, relative: 0),
        Function(
            name: "gelu", run: { try $0.gelu() },
            value: { 0.5 * $0 * erfc(-$0 / 2.0.squareRoot()) }, relative: 4, absolute: 5e-7),
        Function(
            name: "gelu(tanh)", run: { try $0.gelu(approximation: .tanh) },
            value: {
                0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0)))
            }, relative: 4, absolute: 8e-7),
        Function(
            name: "silu", run: { try $0.silu() }, value: { $0 / (1 + exp(-$0)) }, relative: 4),
        Function(
            name: "hardSwish", run: { try $0.hardSwish() },
            value: { $0 * min(max($0 + 3, 0), 6) / 6 }, relative: 3),
        Function(name: "abs", run: { try $0.abs() }, value: { abs($0) }, relative: 0),
        Function(
            name: "rounded", run: { try $0.rounded() },
            value: { $0.rounded(.toNearestOrEven) }, relative: 0),
    ]
}

@Suite struct ActivationTests {
    @Test(arguments: Function.all)
    func agreesWithDoublePrecision(_ function: Function) throws {
        // Short tensors take a loop and long ones a kernel.
        for count in [1, 7, 200, 5003] {
            let x = Naive.sample([count], low: -9, high: 9, salt: count)
            let found = try function.run(x.tensor()).scalars(as: Double.self)
            for (input, value) in zip(x.values, found) {
                let wanted = function.value(input)
                let bound = max(function.relative * 1e-7 * abs(wanted), function.absolute, 1e-42)
                #expect(abs(value - wanted) <= bound, "\(function.name)(\(input)) of \(count)")
                if !(abs(value - wanted) <= bound) { return }
            }
        }
    }

    @Test(arguments: Function.all.filter { $0.name != "rounded" })
    func slopesAreRight(_ function: Function) throws {
        let small = Naive.sample([3, 5, 7], low: -4, high: 4)
        try checkGradients([small], { try function.run($0[0]) }) { $0[0].map(function.value) }
        let large = Naive.sample([2, 19, 11, 7], low: -4, high: 4)
        try checkGradients([large], { try function.run($0[0]) }) { $0[0].map(function.value) }
        try checkGradients([large], { try function.run($0[0].asConvolved()) }) {
            $0[0].map(function.value)
        }
        try checkGradients([large], { try function.run($0[0].transposed(3, 0, 2, 1)) }) { inputs in
            Naive([7, 2, 11, 19]) { function.value(inputs[0][$0[1], $0[3], $0[2], $0[0]]) }
        }
    }

    @Test func logarithmsAndRootsAgreeWithDoublePrecision() throws {
        for count in [3, 4001] {
            let x = Naive([count]) { exp(Double($0[0] * 97 % count) / Double(count) * 160 - 80) }
                .map { Double(Float($0)) }
            let near = Naive([count]) { 0.7 + 0.6 * Double($0[0]) / Double(count) }
                .map { Double(Float($0)) }
            for input in [x, near] {
                let logs = try input.tensor().log().scalars(as: Double.self)
                let roots = try input.tensor().sqrt().scalars(as: Double.self)
                for (place, value) in input.values.enumerated() {
                    #expect(abs(logs[place] - log(value)) <= 2.5e-7 * abs(log(value)), "\(value)")
                    #expect(abs(roots[place] - value.squareRoot()) <= 1e-7 * roots[place])
                }
            }
        }
    }

    @Test(arguments: [1, 600])
    func specialValuesAreThoseOfIEEE(_ repeats: Int) throws {
        let special: [Float] = [
            .nan, .infinity, -.infinity, 0, -0.0, 1e-40, -1e-40, 1e30, -1e30, 89, -89, -103, -200,
            3e38,
        ]
        let x = try Tensor(
            (0..<repeats).flatMap { _ in special }, shape: [repeats * special.count])
        func check(
            _ name: String, _ result: Tensor, _ wanted: (Float) -> Float, tolerance: Float = 1e-6,
            negativeZero: Bool = false
        ) throws {
            let found = try result.scalars(as: Float.self)
            for place in [0, (repeats - 1) * special.count] {
                for (step, input) in special.enumerated() {
                    let value = found[place + step]
                    let expected = wanted(input)
                    #expect(
                        value == expected || (value.isNaN && expected.isNaN)
                            || (value - expected).magnitude
                                <= max(tolerance * expected.magnitude, 1e-38),
                        "\(name)(\(input)) gave \(value)")
                    if negativeZero, input == 0 { #expect(value.sign == input.sign, "\(name)") }
                }
            }
        }
        try check("exp", x.exp(), expf)
        try check("log", x.log(), logf)
        try check("sqrt", x.sqrt(), { $0.squareRoot() }, negativeZero: true)
        try check("tanh", x.tanh(), tanhf, negativeZero: true)
        try check("sigmoid", x.sigmoid()) { 1 / (1 + expf(-$0)) }
        try check("relu", x.relu()) { $0.isNaN ? $0 : max(0, $0) }
        try check("relu6", x.relu6()) { $0.isNaN ? $0 : min(6, max(0, $0)) }
        try check("abs", x.abs()) { $0.magnitude }
        try check("negated", x.negated()) { -$0 }
        try check("gelu", x.gelu()) { $0 == -.infinity ? .nan : 0.5 * $0 * (1 + erff($0)) }
        try check("silu", x.silu()) { $0 == -.infinity ? .nan : $0 / (1 + expf(-$0)) }
        try check("hardSwish", x.hardSwish()) {
            $0 == -.infinity ? .nan : $0.isNaN ? $0 : $0 * (min(max($0 + 3, 0), 6) / 6)
        }
        try check("square", Tensor.power(x, 2)) { $0 * $0 }
        try check("cube", Tensor.power(x, 3)) { $0 * $0 * $0 }
        try check("root", Tensor.power(x, .real(0.5))) { powf($0, 0.5) }
        try check("clipped", x.clipped(-1, 1)) { $0.isNaN ? $0 : min(1, max(-1, $0)) }
    }

    @Test func emptyTensorsStayEmpty() throws {
        for function in Function.all {
            #expect(try function.run(Tensor.zeros([0, 3])).shape == [0, 3])
        }
        #expect(try Tensor.zeros([0, 3]).softmax().shape == [0, 3])
        #expect(try Tensor.zeros([3, 0]).softmax().shape == [3, 0])
        #expect(try Tensor.zeros([3, 0]).logSoftmax(axis: 0).shape == [3, 0])
    }

    @Test func integersBecomeRealWhereTheFunctionIs() throws {
        let x = try Tensor([-2, 3, 9], dtype: .int32)
        #expect(try x.relu().scalars(as: Int.self) == [0, 3, 9])
        #expect(try x.relu6().scalars(as: Int.self) == [0, 3, 6])
        #expect(try x.relu6().dtype == .int32)
        #expect(try x.leakyReLU(slope: 0.5).scalars(as: Float.self) == [-1, 3, 9])
        #expect(try x.exp().dtype == .float32)
    }
}

@Suite struct SoftmaxTests {
    static func softmax(_ x: Naive, _ axis: Int) -> Naive {
        Naive(x.shape) { index in
            let line = (0..<x.shape[axis]).map { position in
                var other = index
                other[axis] = position
                return x[at: other]
            }
            let most = line.max() ?? 0
            return exp(x[at: index] - most) / line.reduce(0) { $0 + exp($1 - most) }
        }
    }

    @Test(arguments: [([3, 5], 1), ([3, 5], 0), ([11, 97], 1), ([3, 7, 17], 1), ([33, 11], 0)])
    func alongEachAxisWithGradients(_ shape: [Int], _ axis: Int) throws {
        let x = Naive.sample(shape, low: -5, high: 5)
        try checkGradients([x], tolerance: 1e-4, { try $0[0].softmax(axis: axis) }) {
            Self.softmax($0[0], axis)
        }
        try checkGradients([x], tolerance: 1e-4, { try $0[0].logSoftmax(axis: axis) }) {
            Self.softmax($0[0], axis).map { log($0) }
        }
    }

    @Test func probabilitiesAreAccurate() throws {
        let x = Naive.sample([7, 197], low: -20, high: 20)
        let wanted = Self.softmax(x, 1).values
        let found = try x.tensor().softmax().scalars(as: Double.self)
        for (a, b) in zip(found, wanted) where b > 1e-30 { #expect(abs(a - b) <= 3e-6 * b) }
        let logs = try x.tensor().logSoftmax().scalars(as: Double.self)
        for (a, b) in zip(logs, wanted) { #expect(abs(a - log(b)) <= 2e-6 * max(1, abs(log(b)))) }
    }

    @Test(arguments: [5, 400])
    func linesWithoutAnAnswerAreNaNAndMasksAreZero(_ size: Int) throws {
        var rows = Naive.sample([6, size])
        rows.values[3] = .nan
        rows.values[size + 3] = .infinity
        rows.values[2 * size + 3] = -.infinity
        for place in 0..<size { rows.values[3 * size + place] = -.infinity }
        rows.values[4 * size] = -.infinity
        rows.values[5 * size] = 3e38
        for result in [
            try rows.tensor().softmax(),
            try rows.tensor().transposed().softmax(axis: 0).transposed(),
        ] {
            let values = try result.scalars(as: Float.self)
            for row in [0, 1, 3] {
                let line = values[row * size..<(row + 1) * size]
                #expect(line.filter { $0.isNaN }.count == size, "row \(row)")
            }
            #expect(values[2 * size + 3] == 0 && values[4 * size] == 0)
            #expect(abs(values[2 * size..<3 * size].reduce(0, +) - 1) < 1e-5)
            #expect(abs(values[4 * size..<5 * size].reduce(0, +) - 1) < 1e-5)
            #expect(values[5 * size] == 1 && values[5 * size + 1] == 0)
        }
        let logs = try rows.tensor().logSoftmax().scalars(as: Float.self)
        #expect(logs[2 * size + 3] == -.infinity && logs[0].isNaN)
        #expect(logs[5 * size] == 0)
    }
}
