struct Registry {
    private var items: [String: Int] = [:]
    subscript(key: String) -> Int? {
        get { items[key] }
        set { items[key] = newValue }
    }
    subscript(key: String, default value: Int) -> Int { items[key] ?? value }
    var count: Int { items.count }
}
var registry = Registry()
registry["a"] = 1
registry["b"] = 2
registry["a"]? += 10
registry["b"] = nil
print(registry["a"] ?? 0, registry["b"] == nil, registry["c", default: 7], registry.count)
// expect: 11 true 7 1
