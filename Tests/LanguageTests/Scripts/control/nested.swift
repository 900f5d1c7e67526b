// Loops in loops, with functions and early exits.
func firstPair(_ a: [Int], sum: Int) -> (Int, Int)? {
    for i in a.indices { for j in (i + 1)..<a.count where a[i] + a[j] == sum { return (a[i], a[j]) } }
    return nil
}
print(firstPair([1, 5, 9, 3], sum: 8)!, firstPair([1, 2], sum: 9) == nil) // expect: (5, 3) true
var table = ""
for i in 1...3 { for j in 1...3 { table += "\(i * j)" + (j == 3 ? "\n" : " ") } }
print(table, terminator: "")
// expect: 1 2 3
// expect: 2 4 6
// expect: 3 6 9
var count = 0
outer: for a in 1...20 { for b in a...20 { for c in b...20 { if a * a + b * b == c * c { count += 1; if c == 20 { break outer }; continue outer } } } }
print(count) // expect: 6
for i in 0..<3 { switch i { case 1: continue; default: break }; print(i, terminator: " ") }
print() // expect: 0 2 
let found = [[1, 2], [3, 4]].first { row in row.contains { $0 > 2 } }!
print(found) // expect: [3, 4]
