// Any number of arguments.
func sum(_ xs: Int...) -> Int { xs.reduce(0, +) }
print(sum(), sum(1), sum(1, 2, 3)) // expect: 0 1 6
func join(_ parts: String..., by separator: String = "-", last: Bool = false) -> String {
    parts.joined(separator: separator) + (last ? "!" : "")
}
print(join("a", "b"), join("a", "b", by: "+"), join(last: true)) // expect: a-b a+b !
func average(_ first: Double, _ rest: Double...) -> Double {
    ([first] + rest).reduce(0, +) / Double(rest.count + 1)
}
print(average(1), average(1, 2, 6)) // expect: 1.0 3.0
func show(_ items: Any...) { print(items.count, items) }
show(1, "a", true) // expect: 3 [1, "a", true]
