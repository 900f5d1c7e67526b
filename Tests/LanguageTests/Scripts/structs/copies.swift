// A struct is copied where it is assigned, passed and returned.
struct Bag {
    var items: [String] = []
    mutating func add(_ item: String) { items.append(item) }
    func adding(_ item: String) -> Bag {
        var copy = self
        copy.add(item)
        return copy
    }
}
var first = Bag()
first.add("pen")
var second = first
second.add("book")
let third = second.adding("cup")
print(first.items, second.items, third.items)
func grow(_ bag: Bag) -> Int {
    var local = bag
    local.add("x")
    return local.items.count
}
print(grow(first), first.items.count)
// expect: ["pen"] ["pen", "book"] ["pen", "book", "cup"]
// expect: 2 1
