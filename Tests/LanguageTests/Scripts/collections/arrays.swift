// Arrays: adding, removing, finding.
var a = [3, 1, 2]
a.append(5); a.insert(0, at: 0); a += [7]; a.append(contentsOf: [8, 9])
print(a, a.count, a.first!, a.last!) // expect: [0, 3, 1, 2, 5, 7, 8, 9] 8 0 9
print(a.remove(at: 1), a.removeFirst(), a.removeLast(), a) // expect: 3 0 9 [1, 2, 5, 7, 8]
a.insert(contentsOf: [40, 50], at: 1)
print(a, a.contains(40), a.firstIndex(of: 50)!, a.lastIndex(of: 8)!, a.firstIndex(of: 99) == nil) // expect: [1, 40, 50, 2, 5, 7, 8] true 2 6 true
a.removeAll { $0 > 30 }
a.swapAt(0, 1)
print(a, a.popLast()!, a) // expect: [2, 1, 5, 7, 8] 8 [2, 1, 5, 7]
a.removeSubrange(1..<2)
a.replaceSubrange(0..<1, with: [9, 9, 9])
print(a, a.isEmpty, a.startIndex, a.endIndex, a.indices) // expect: [9, 9, 9, 5, 7] false 0 5 0..<5
a.removeFirst(2)
a.reverse()
a.removeAll()
print(a, a.popLast() == nil, a.first == nil) // expect: [] true true
var grid = [[Int]](repeating: [0, 0], count: 2)
grid[1][0] = 5
grid[0].append(1)
print(grid) // expect: [[0, 0, 1], [5, 0]]
