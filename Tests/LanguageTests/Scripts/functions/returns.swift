// What functions give back.
func nothing() {}
func explicit() -> Void { return }
func unit() -> () {}
func implicit() -> Int { 5 }
func early(_ n: Int) -> String { if n < 0 { return "negative" }; return n == 0 ? "zero" : "positive" }
func several() -> (sum: Int, product: Int) { (2 + 3, 2 * 3) }
func maybe(_ n: Int) -> Int? { n > 0 ? n : nil }
func list(_ n: Int) -> [Int] { n == 0 ? [] : list(n - 1) + [n] }
func wide(_ n: Int) -> Double { n == 0 ? 1 : 0.5 }
nothing(); explicit(); unit()
print(implicit(), early(-1), early(0), several().product, maybe(0) ?? -1, list(3), wide(0)) // expect: 5 negative zero 6 -1 [1, 2, 3] 1.0
let (sum, product) = several()
print(sum, product, type(of: nothing()) == Void.self) // expect: 5 6 true
@discardableResult func push(_ n: Int) -> Int { n }
push(3)
_ = implicit()
func never() -> Never { fatalError() }
func pick(_ n: Int) -> Int { switch n { case 0: return 1; case 1: return 2; default: if n > 99 { never() }; return 3 } }
print(pick(0), pick(1), pick(5)) // expect: 1 2 3
