// A small calculator: tokens, precedence, errors.
enum Token { case number(Double), op(Character), open, close }
enum Problem: Error { case character(Character), unexpectedEnd, unbalanced }
func tokens(_ s: String) throws -> [Token] {
    var result: [Token] = [], digits = ""
    func flush() { if let d = Double(digits) { result.append(.number(d)) }; digits = "" }
    for c in s {
        switch c {
        case "0"..."9", ".": digits.append(c)
        case "+", "-", "*", "/": flush(); result.append(.op(c))
        case "(": flush(); result.append(.open)
        case ")": flush(); result.append(.close)
        case " ": flush()
        default: throw Problem.character(c)
        }
    }
    flush()
    return result
}
struct Parser {
    var tokens: [Token], position = 0
    mutating func next() -> Token? { guard position < tokens.count else { return nil }; position += 1; return tokens[position - 1] }
    mutating func sum() throws -> Double {
        var value = try product()
        while position < tokens.count, case .op(let c) = tokens[position], c == "+" || c == "-" { position += 1; let r = try product(); value = c == "+" ? value + r : value - r }
        return value
    }
    mutating func product() throws -> Double {
        var value = try atom()
        while position < tokens.count, case .op(let c) = tokens[position], c == "*" || c == "/" { position += 1; let r = try atom(); value = c == "*" ? value * r : value / r }
        return value
    }
    mutating func atom() throws -> Double {
        switch next() {
        case .number(let n): return n
        case .open:
            let v = try sum()
            guard case .close = next() else { throw Problem.unbalanced }
            return v
        case .op("-"): return -(try atom())
        default: throw Problem.unexpectedEnd
        }
    }
}
for text in ["1 + 2 * 3", "(1 + 2) * 3", "2 * (3 - 4) / 8", "-4 + 1", "2 + ", "(1", "2 $ 3"] {
    do { var p = Parser(tokens: try tokens(text)); print(text, "=", try p.sum()) } catch { print(text, "->", error) }
}
// expect: 1 + 2 * 3 = 7.0
// expect: (1 + 2) * 3 = 9.0
// expect: 2 * (3 - 4) / 8 = -0.25
// expect: -4 + 1 = -3.0
// expect: 2 +  -> unexpectedEnd
// expect: (1 -> unbalanced
// expect: 2 $ 3 -> character("$")
