// Functions of one name that differ by labels, count or types.
func f(_ x: Int) -> String { "int \(x)" }
func f(_ x: Double) -> String { "double \(x)" }
func f(_ x: String) -> String { "string \(x)" }
func f(_ x: [Int]) -> String { "array \(x.count)" }
func f(_ x: Int, _ y: Int) -> String { "two" }
func f(x: Int) -> String { "labelled" }
func f(_ x: Int?) -> String { "optional" }
print(f(1), f(1.5), f("a"), f([1, 2]), f(1, 2), f(x: 1)) // expect: int 1 double 1.5 string a array 2 two labelled
let i = 3, d = 2.5, o: Int? = nil
print(f(i), f(d), f(o)) // expect: int 3 double 2.5 optional
func g(a: Int) -> String { "a" }
func g(b: Int) -> String { "b" }
print(g(a: 1), g(b: 1)) // expect: a b
func h(_ x: Any) -> String { "any" }
func h(_ x: Bool) -> String { "bool" }
print(h(true), h(1)) // expect: bool any
