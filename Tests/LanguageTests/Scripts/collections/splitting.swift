// Splitting, joining and comparing arrays.
let a = [1, 0, 2, 3, 0, 4]
print(a.split(separator: 0), a.split { $0 == 0 }.map { $0.count }, a.split(separator: 0, maxSplits: 1))
// expect: [ArraySlice([1]), ArraySlice([2, 3]), ArraySlice([4])] [1, 2, 1] [ArraySlice([1]), ArraySlice([2, 3, 0, 4])]
print(a.starts(with: [1, 0]), a.elementsEqual([1]), [1, 2] == [1, 2], [1, 2] != [2, 1]) // expect: true false true true
print(["a", "b"].joined(separator: "/"), ["a", "b"].joined(), a.map(String.init).joined(separator: " ")) // expect: a/b ab 1 0 2 3 0 4
print(stride(from: 0, to: a.count, by: 4).map { Array(a[$0..<min($0 + 4, a.count)]) }) // expect: [[1, 0, 2, 3], [0, 4]]
