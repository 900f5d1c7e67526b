indirect enum Expression {
    case number(Int)
    case add(Expression, Expression)
    case multiply(Expression, Expression)
    func value() -> Int {
        switch self {
        case .number(let n): n
        case .add(let a, let b): a.value() + b.value()
        case .multiply(let a, let b): a.value() * b.value()
        }
    }
    var text: String {
        switch self {
        case .number(let n): "\(n)"
        case .add(let a, let b): "(\(a.text) + \(b.text))"
        case .multiply(let a, let b): "\(a.text) * \(b.text)"
        }
    }
}
let e = Expression.multiply(.add(.number(2), .number(3)), .number(4))
print(e.text, "=", e.value())
// expect: (2 + 3) * 4 = 20
