// Labels, names, defaults.
func area(width w: Int, _ h: Int = 2, scale: Int = 1) -> Int { w * h * scale }
print(area(width: 3), area(width: 3, 4), area(width: 3, scale: 5), area(width: 1, 1, scale: 1)) // expect: 6 12 30 1
func greet(_ name: String, with greeting: String = "Hello", `in` place: String? = nil) -> String {
    "\(greeting), \(name)" + (place.map { " in \($0)" } ?? "")
}
print(greet("Ann"), greet("Bob", with: "Hi"), greet("Cy", in: "Rome")) // expect: Hello, Ann Hi, Bob Hello, Cy in Rome
func next(after n: Int) -> Int { n + 1 }
let f = next(after:)
print(f(4), next(after: 1)) // expect: 5 2
func counter(start: Int = 10 * 2) -> Int { start }
print(counter(), counter(start: 1)) // expect: 20 1
func nothing() {}
nothing()
func both() -> (Int, String) { (1, "x") }
print(both().0, both().1) // expect: 1 x
