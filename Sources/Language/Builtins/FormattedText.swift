import Glibc

/// Text after a format as `String(format:)` takes it: `"%.2f of %d"`.
struct FormattedText {
    /// One `%` with its flags, width and precision, and what it writes.
    private struct Specification {
        var flags = ""
        var width = 0
        var precision: Int?
        var conversion: Character = "@"
    }

    private static let maximumWidth = 10_000

    /// The format with a value in each place; `%d` takes an Int, `%f`, `%e` and `%g` a number, `%@`
    /// anything.
    static func text(_ format: String, _ arguments: [Value]) throws -> String {
        var result = ""
        var rest = format[...]
        var remaining = arguments[...]
        while let mark = rest.firstIndex(of: "%") {
            result += rest[..<mark]
            rest = rest[rest.index(after: mark)...]
            let specification = try read(&rest)
            if specification.conversion == "%" {
                result += "%"
                continue
            }
            guard let value = remaining.popFirst() else {
                throw RuntimeFault(
                    .argument,
                    "String(format:): there are fewer values than places in \"\(format)\"")
            }
            result += try write(value, specification)
        }
        return result + rest
    }

    private static func read(_ rest: inout Substring) throws -> Specification {
        func number() throws -> Int {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard let value = digits.isEmpty ? 0 : Int(digits), value <= maximumWidth else {
                throw RuntimeFault(.argument, "String(format:): a width of \(digits) is too large")
            }
            return value
        }
        var result = Specification()
        result.flags = String(rest.prefix { "-+ 0#".contains($0) })
        rest = rest.dropFirst(result.flags.count)
        result.width = try number()
        if rest.first == "." {
            rest = rest.dropFirst()
            result.precision = try number()
        }
        rest = rest.drop { $0 == "l" || $0 == "h" || $0 == "q" }
        guard let conversion = rest.popFirst() else {
            throw RuntimeFault(.argument, "String(format:): the format ends after %")
        }
        result.conversion = conversion
        return result
    }

    private static func write(_ value: Value, _ specification: Specification) throws -> String {
        let precision = specification.precision.map { ".\($0)" } ?? ""
        let width = specification.width > 0 ? "\(specification.width)" : ""
        let start = "%\(specification.flags)\(width)\(precision)"
        switch specification.conversion {
        case "d", "i", "u", "x", "X", "o":
            let kind = specification.conversion == "i" ? "d" : String(specification.conversion)
            return printed(start + "l" + kind, try Builtins.int(value))
        case "f", "F", "e", "E", "g", "G":
            guard let number = Double.fromScript(value), !isInt(value) else {
                throw Builtins.wrong("Double for %\(specification.conversion)", value)
            }
            return printed(start + String(specification.conversion), number)
        case "@", "s": return padded(value.description, specification)
        case "c": return padded(try Builtins.string(value), specification)
        default:
            throw RuntimeFault(
                .argument,
                "String(format:): there is no place of the kind "
                    + "%\(specification.conversion)",
                suggestion: "use %d for Int, %f for Double, %@ for anything")
        }
    }

    /// C reads the bits of an Int as they are, so that `%f` of one is a mistake.
    private static func isInt(_ value: Value) -> Bool {
        if case .int = value { true } else { false }
    }

    private static func printed(_ format: String, _ value: any CVarArg) -> String {
        withVaList([value]) { arguments in
            let count = Int(vsnprintf(nil, 0, format, arguments))
            guard count > 0 else { return "" }
            return withVaList([value]) { arguments in
                var bytes = [CChar](repeating: 0, count: count + 1)
                vsnprintf(&bytes, bytes.count, format, arguments)
                return String(
                    decoding: bytes.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
            }
        }
    }

    private static func padded(_ text: String, _ specification: Specification) -> String {
        let kept = specification.precision.map { String(text.prefix($0)) } ?? text
        let gap = String(repeating: " ", count: max(0, specification.width - kept.count))
        return specification.flags.contains("-") ? kept + gap : gap + kept
    }
}
