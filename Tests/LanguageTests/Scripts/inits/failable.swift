struct Even {
    let value: Int
    init?(_ value: Int) {
        if value % 2 != 0 { return nil }
        self.value = value
    }
    init?(text: String) {
        guard let number = Int(text) else { return nil }
        self.init(number)
    }
}
print(Even(4)?.value ?? -1, Even(5)?.value ?? -1)
print(Even(text: "12")?.value ?? -1, Even(text: "13") == nil, Even(text: "x") == nil)
if let even = Even(8) { print(even) }
print([1, 2, 3, 4].compactMap { Even($0) }.map { $0.value })
// expect: 4 -1
// expect: 12 true true
// expect: Even(value: 8)
// expect: [2, 4]
