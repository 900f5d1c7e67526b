enum Token { case number(Int), word(String), pair(Token2, Token2) }
enum Token2 { case small(Int), big }
func describe(_ t: Token?) -> String {
    switch t {
    case nil: "nothing"
    case .number(0)?: "zero"
    case .number(let n)? where n < 0: "negative"
    case .some(.number(1...9)): "digit"
    case .number?: "number"
    case .word("hi"): "greeting"
    case .word(let w)?: "word \(w)"
    case .pair(.small(let a), .small(let b)): "pair \(a + b)"
    case .pair(.big, _), .pair(_, .big): "big"
    }
}
let tokens: [Token?] = [nil, .number(0), .number(-1), .number(5), .number(50), .word("hi"), .word("x"), .pair(.small(1), .small(2)), .pair(.small(1), .big)]
for token in tokens { print(describe(token)) }
// expect: nothing
// expect: zero
// expect: negative
// expect: digit
// expect: number
// expect: greeting
// expect: word x
// expect: pair 3
// expect: big
