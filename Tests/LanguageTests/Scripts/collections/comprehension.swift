// What list comprehensions do elsewhere.
print((0..<5).map { $0 * $0 }, (0..<10).filter { $0 % 3 == 0 }.map { $0 + 1 }) // expect: [0, 1, 4, 9, 16] [1, 4, 7, 10]
print((1...3).flatMap { i in (1...i).map { "\(i)\($0)" } }) // expect: ["11", "21", "22", "31", "32", "33"]
print(zip(0..., "abc").map { "\($0)\($1)" }, Dictionary(uniqueKeysWithValues: (1...3).map { ($0, $0 * $0) })[2]!) // expect: ["0a", "1b", "2c"] 4
print([[1, 2], [3]].joined().map { $0 * 10 }, [1, 2, 3, 4].filter { $0 % 2 == 0 }.count) // expect: [10, 20, 30] 2
let evens = stride(from: 0, to: 10, by: 2).map { $0 }, pairs = (0..<2).flatMap { i in (0..<2).map { (i, $0) } }
print(evens, pairs.count, pairs[3], Array(Set([3, 1, 3])).sorted()) // expect: [0, 2, 4, 6, 8] 4 (1, 1) [1, 3]
print((1...20).filter { n in (2..<max(n, 2)).allSatisfy { n % $0 != 0 } && n > 1 }) // expect: [2, 3, 5, 7, 11, 13, 17, 19]
