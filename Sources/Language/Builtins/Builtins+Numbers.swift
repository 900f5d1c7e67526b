import Glibc

extension Builtins {
    private static func unary(_ name: String, _ summary: String, _ f: @escaping (Double) -> Double)
        -> Binding
    {
        function("\(name)(_ x: Double) -> Double", summary) { .double(f(try double($0[0]))) }
            .unboxed { Machine.bits(f(Machine.double($0[0]))) }
    }

    private static func absolute(_ x: Int) throws -> Int {
        try Operations.integer(x < 0 ? .subtract : .add, 0, x)
    }

    static var maths: [Binding] {
        [
            unary("sqrt", "The square root.") { $0.squareRoot() },
            unary("exp", "e to the power of x.", Glibc.exp),
            unary("log", "The natural logarithm.", Glibc.log),
            unary("log2", "The logarithm to base 2.", Glibc.log2),
            unary("log10", "The logarithm to base 10.", Glibc.log10),
            unary("sin", "The sine.", Glibc.sin),
            unary("cos", "The cosine.", Glibc.cos), unary("tan", "The tangent.", Glibc.tan),
            unary("tanh", "The hyperbolic tangent.", Glibc.tanh),
            unary("asin", "The inverse sine.", Glibc.asin),
            unary("acos", "The inverse cosine.", Glibc.acos),
            unary("atan", "The inverse tangent.", Glibc.atan),
            unary("floor", "The next whole number below.", Glibc.floor),
            unary("ceil", "The next whole number above.", Glibc.ceil),
            unary("round", "The nearest whole number.", Glibc.round),
            function("atan2(_ y: Double, _ x: Double) -> Double", "The angle of a point.") {
                .double(Glibc.atan2(try double($0[0]), try double($0[1])))
            }.unboxed {
                Machine.bits(Glibc.atan2(Machine.double($0[0]), Machine.double($0[1])))
            },
            function("pow(_ x: Double, _ y: Double) -> Double", "x to the power of y.") {
                .double(Glibc.pow(try double($0[0]), try double($0[1])))
            }.unboxed {
                Machine.bits(Glibc.pow(Machine.double($0[0]), Machine.double($0[1])))
            },
            function("abs(_ x: Int) -> Int", "The absolute value.") {
                .int(try absolute(try int($0[0])))
            }.unboxed { try absolute($0[0]) },
            function("abs(_ x: Double) -> Double", "The absolute value.") {
                .double(Swift.abs(try double($0[0])))
            }.unboxed { Machine.bits(Swift.abs(Machine.double($0[0]))) },
            function("abs(_ x: Float) -> Float", "The absolute value.") {
                .float(Float(Swift.abs(try double($0[0]))))
            },
            function("min(_ x: Int, _ y: Int) -> Int", "The lesser.") {
                .int(Swift.min(try int($0[0]), try int($0[1])))
            }.unboxed { Swift.min($0[0], $0[1]) },
            function("min(_ x: Double, _ y: Double) -> Double", "The lesser.") {
                .double(Swift.min(try double($0[0]), try double($0[1])))
            }.unboxed {
                Machine.bits(Swift.min(Machine.double($0[0]), Machine.double($0[1])))
            },
            function("min(_ x: T, _ y: T, _ rest: T...) -> T", "The least.") {
                try ([$0[0], $0[1]] + elements($0[2])).min(by: less) ?? .void
            },
            function("max(_ x: Int, _ y: Int) -> Int", "The greater.") {
                .int(Swift.max(try int($0[0]), try int($0[1])))
            }.unboxed { Swift.max($0[0], $0[1]) },
            function("max(_ x: Double, _ y: Double) -> Double", "The greater.") {
                .double(Swift.max(try double($0[0]), try double($0[1])))
            }.unboxed {
                Machine.bits(Swift.max(Machine.double($0[0]), Machine.double($0[1])))
            },
            function("max(_ x: T, _ y: T, _ rest: T...) -> T", "The greatest.") {
                try ([$0[0], $0[1]] + elements($0[2])).max(by: less) ?? .void
            },
        ]
    }

    static var numbers: [Binding] {
        [
            initializer("Int", "init(_ value: Int) -> Int", "The same number.") { $0[0] }
                .unboxed { $0[0] },
            initializer("Int", "init(_ value: Double) -> Int", "The whole part of a number.") {
                .int(try whole(try double($0[0])))
            }.unboxed { try whole(Machine.double($0[0])) },
            initializer("Int", "init(_ value: Float) -> Int", "The whole part of a number.") {
                .int(try whole(try double($0[0])))
            },
            initializer(
                "Int", "init(exactly value: Double) -> Int?",
                "The number where it is whole, or nil."
            ) {
                optional(Int(exactly: try double($0[0])).map { .int($0) })
            },
            initializer("Int", "init(_ text: String) -> Int?", "The number a text spells, or nil.")
            {
                optional(Int(try string($0[0])).map { .int($0) })
            },
            initializer(
                "Int", "init(_ text: String, radix: Int) -> Int?",
                "The number a text spells in a base, or nil."
            ) {
                let radix = try int($0[1])
                guard (2...36).contains(radix) else {
                    throw RuntimeFault(
                        .argument, "Int(_:radix:): radix should be in 2...36, got \(radix)")
                }
                return optional(Int(try string($0[0]), radix: radix).map { .int($0) })
            },
            initializer("Double", "init(_ value: Int) -> Double", "The number.") {
                .double(try double($0[0]))
            }.unboxed { Machine.bits(Double($0[0])) },
            initializer("Double", "init(_ value: Double) -> Double", "The number.") {
                .double(try double($0[0]))
            }.unboxed { $0[0] },
            initializer("Double", "init(_ value: Float) -> Double", "The number.") {
                .double(try double($0[0]))
            },
            initializer(
                "Double", "init(_ text: String) -> Double?", "The number a text spells, or nil."
            ) {
                optional(Double(try string($0[0])).map { .double($0) })
            },
            initializer("Float", "init(_ value: Double) -> Float", "The nearest Float.") {
                .float(Float(try double($0[0])))
            },
            initializer("Float", "init(_ value: Float) -> Float", "The nearest Float.") {
                .float(Float(try double($0[0])))
            },
            initializer(
                "Float", "init(_ text: String) -> Float?", "The number a text spells, or nil."
            ) {
                optional(Float(try string($0[0])).map { .float($0) })
            },
            initializer("Bool", "init(_ text: String) -> Bool?", "true or false, or nil.") {
                optional(Bool(try string($0[0])).map { .bool($0) })
            },
            self.static("Int", "max: Int", "The greatest Int.") { _ in .int(.max) },
            self.static("Int", "min: Int", "The least Int.") { _ in .int(.min) },
            self.static("Int", "random(in range: Range<Int>) -> Int", "A whole number by chance.") {
                guard case .range(let range) = $0[0], case .int(let low)? = range.lower,
                    case .int(let high)? = range.upper, range.isClosed || low < high
                else {
                    throw RuntimeFault(
                        .argument, "Int.random(in:): the range is empty: \($0[0].shortText)")
                }
                return .int(
                    RandomSource.current.integer(
                        from: low, through: range.isClosed ? high : high - 1))
            },
            self.static(
                "Double", "random(in range: Range<Double>) -> Double", "A number by chance."
            ) {
                guard case .range(let range) = $0[0], let low = range.lower, let high = range.upper
                else {
                    throw RuntimeFault(
                        .argument, "Double.random(in:): expected a range with two ends")
                }
                let (from, to) = (try double(low), try double(high))
                return .double(from + (to - from) * RandomSource.current.unit())
            },
            self.static("Bool", "random() -> Bool", "true or false by chance.") { _ in
                .bool(RandomSource.current.integer(below: 2) == 1)
            },
            self.static("Float", "random(in range: Range<Float>) -> Float", "A number by chance.") {
                guard case .range(let range) = $0[0], let low = range.lower, let high = range.upper
                else {
                    throw RuntimeFault(
                        .argument, "Float.random(in:): expected a range with two ends")
                }
                let (from, to) = (try double(low), try double(high))
                return .float(Float(from + (to - from) * RandomSource.current.unit()))
            },
            member("Int", "isMultiple(of other: Int) -> Bool", "Whether it divides without rest.") {
                .bool(isMultiple(try int($0[0]), of: try int($0[1])))
            }.unboxed { isMultiple($0[0], of: $0[1]) ? 1 : 0 },
            member("Int", "signum() -> Int", "-1, 0 or 1.") { .int(try int($0[0]).signum()) },
            member("Int", "nonzeroBitCount: Int", "How many bits are set.") {
                .int(try int($0[0]).nonzeroBitCount)
            },
            member("Int", "magnitude: Int", "The absolute value.") {
                .int(try absolute(try int($0[0])))
            }.unboxed { try absolute($0[0]) },
            member(
                "Int",
                "quotientAndRemainder(dividingBy other: Int) -> (quotient: Int, remainder: Int)",
                "Both results of a division."
            ) {
                let (a, b) = (try int($0[0]), try int($0[1]))
                return .tuple(
                    ScriptTuple(
                        [
                            .int(try Operations.integer(.divide, a, b)),
                            .int(try Operations.integer(.remainder, a, b)),
                        ], labels: ["quotient", "remainder"]))
            },
            member("Int", "leadingZeroBitCount: Int", "How many bits before the first set one.") {
                .int(try int($0[0]).leadingZeroBitCount)
            },
            member("Int", "trailingZeroBitCount: Int", "How many bits after the last set one.") {
                .int(try int($0[0]).trailingZeroBitCount)
            },
            self.static("Int", "bitWidth: Int", "How many bits an Int has.") { _ in
                .int(Int.bitWidth)
            },
            change("Bool", "toggle()", "Turns it around.") { base, _ in
                base = .bool(try !bool(base))
                return .void
            },
            member("Range", "lowerBound: T", "Where it begins.") {
                if case .range(let range) = $0[0] { range.lower ?? .none } else { .none }
            },
            member("Range", "upperBound: T", "Where it ends.") {
                if case .range(let range) = $0[0] { range.upper ?? .none } else { .none }
            },
        ]
    }

    /// `pattern ~= value`, which asks whether a range holds a value, or whether both are equal.
    static let patternMatch = function(
        "~=(_ pattern: Any, _ value: Any) -> Bool", "Whether a pattern matches a value."
    ) {
        if case .range(let range) = $0[0] { return .bool(try bounds(range, $0[1])) }
        return .bool($0[0] == $0[1])
    }

    private static func isMultiple(_ number: Int, of other: Int) -> Bool {
        other == 0 ? number == 0 : other == -1 || number % other == 0
    }

    private static func whole(_ number: Double) throws -> Int {
        guard let result = Int(exactly: number.rounded(.towardZero)) else {
            throw RuntimeFault(.arithmetic, "Int(_:): \(number) does not fit in Int")
        }
        return result
    }
}
