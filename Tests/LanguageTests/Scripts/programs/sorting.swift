// Sorting algorithms over arrays in place.
func bubble(_ a: inout [Int]) {
    for i in 0..<a.count { for j in 0..<(a.count - i - 1) where a[j] > a[j + 1] { a.swapAt(j, j + 1) } }
}
func quick(_ a: [Int]) -> [Int] {
    guard let p = a.first else { return [] }
    let rest = a.dropFirst()
    return quick(rest.filter { $0 < p }) + [p] + quick(rest.filter { $0 >= p })
}
func merge(_ a: [Int]) -> [Int] {
    if a.count < 2 { return a }
    let mid = a.count / 2
    let l = merge(Array(a[..<mid])), r = merge(Array(a[mid...]))
    var out: [Int] = [], i = 0, j = 0
    while i < l.count && j < r.count { if l[i] <= r[j] { out.append(l[i]); i += 1 } else { out.append(r[j]); j += 1 } }
    return out + l[i...] + r[j...]
}
func insertion(_ a: inout [Int]) {
    for i in 1..<a.count { var j = i; while j > 0, a[j - 1] > a[j] { a.swapAt(j, j - 1); j -= 1 } }
}
let data = [5, 2, 9, 1, 5, 6, -3]
var b = data, c = data
bubble(&b); insertion(&c)
print(b, c == b, quick(data) == b, merge(data) == b, data.sorted() == b) // expect: [-3, 1, 2, 5, 5, 6, 9] true true true true
func search(_ a: [Int], _ x: Int) -> Int? {
    var lo = 0, hi = a.count - 1
    while lo <= hi { let m = (lo + hi) / 2; if a[m] == x { return m }; if a[m] < x { lo = m + 1 } else { hi = m - 1 } }
    return nil
}
print(search(b, 6) ?? -1, search(b, 7) ?? -1) // expect: 5 -1
