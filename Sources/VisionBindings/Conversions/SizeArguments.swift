import Language
import VisionEngine

/// A two-dimensional size: one number for both, or `[height, width]`.
struct SizeArgument: ScriptConvertible, ExpressibleByIntegerLiteral {
    let size: any IntOrPair
    private let value: Value?

    init(integerLiteral value: Int) {
        size = value
        self.value = .int(value)
    }

    private init(_ size: any IntOrPair, _ value: Value?) {
        self.size = size
        self.value = value
    }

    var scriptValue: Value { value ?? .object(ForeignObject(self, typeName: "IntOrPair")) }

    /// A size that solve is to find.
    static var any: SizeArgument { SizeArgument(AnySize(), nil) }

    /// Height and width.
    var sizes: [Int] { size.windowSizes }

    static var scriptType: ScriptType { .oneOf("IntOrPair", [.int, .array(.int)]) }

    static func fromScript(_ value: Value) -> SizeArgument? {
        switch value {
        case .int(let number): SizeArgument(number, value)
        case .object(let object): object.base as? SizeArgument
        default: [Int].fromScript(value).map { SizeArgument($0, value) }
        }
    }
}

extension SizeArgument: CustomStringConvertible {
    var description: String { value.map { "\($0)" } ?? ".any" }
}

/// The padding of a convolution: one number, `[height, width]` or `.same`.
struct PaddingArgument: ScriptConvertible, ExpressibleByIntegerLiteral {
    let size: any PaddingSize
    private let number: Value?

    init(integerLiteral value: Int) {
        size = value
        number = .int(value)
    }

    private init(_ size: any PaddingSize, _ number: Value?) {
        self.size = size
        self.number = number
    }

    /// As much as keeps height and width with stride 1.
    static var same: PaddingArgument { PaddingArgument(WindowPadding.keepSize, nil) }

    /// A padding that solve is to find.
    static var any: PaddingArgument { PaddingArgument(AnySize(), nil) }

    /// The padding as operations take it.
    var padding: WindowPadding { size.windowPadding }

    static var scriptType: ScriptType { .oneOf("PaddingSize", [.int, .array(.int)]) }

    static func fromScript(_ value: Value) -> PaddingArgument? {
        switch value {
        case .int(let number): PaddingArgument(number, value)
        case .object(let object): object.base as? PaddingArgument
        default: [Int].fromScript(value).map { PaddingArgument($0, value) }
        }
    }

    var scriptValue: Value {
        number ?? .object(ForeignObject(self, typeName: "PaddingSize"))
    }
}

extension PaddingArgument: CustomStringConvertible {
    var description: String { number.map(\.description) ?? (size is AnySize ? ".any" : ".same") }
}

/// The sizes of some axes: one number, or an array of any length.
struct SizesArgument: ScriptConvertible {
    let sizes: [Int]

    static var scriptType: ScriptType { .oneOf("IntOrArray", [.int, .array(.int)]) }

    static func fromScript(_ value: Value) -> SizesArgument? {
        if case .int(let number) = value { return SizesArgument(sizes: [number]) }
        return [Int].fromScript(value).map { SizesArgument(sizes: $0) }
    }

    var scriptValue: Value { sizes.scriptValue }
}
