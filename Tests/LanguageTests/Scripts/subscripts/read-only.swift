struct Table {
    let factor: Int
    subscript(index: Int) -> Int { factor * index }
    subscript(text: String) -> String {
        text + String(factor)
    }
}
let table = Table(factor: 6)
print(table[7], table["x"], (0..<3).map { table[$0] })
// expect: 42 x6 [0, 6, 12]
