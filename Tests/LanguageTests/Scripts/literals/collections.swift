// Array, dictionary, set and tuple literals, empty and nested.
let empty: [Int] = []
let none: [String: Int] = [:]
print(empty, none, empty.isEmpty, none.count) // expect: [] [:] true 0
print([[1, 2], [], [3]], [[1], [2, 3]].count) // expect: [[1, 2], [], [3]] 2
let trailing = [
    1,
    2,
]
print(trailing) // expect: [1, 2]
let nested: [String: [Int]] = ["a": [1, 2], "b": []]
print(nested["a"]!, nested["b"]!) // expect: [1, 2] []
let mixed: [Any] = [1, "two", 3.0, true]
print(mixed) // expect: [1, "two", 3.0, true]
let optionals: [Int?] = [1, nil, 3]
print(optionals) // expect: [Optional(1), nil, Optional(3)]
print((1, "a"), (x: 1, y: 2.5)) // expect: (1, "a") (x: 1, y: 2.5)
let unit: () = ()
print(unit) // expect: ()
print([Int](), [String: Int](), Set<Int>()) // expect: [] [:] []
print([Bool](repeating: true, count: 2), Array<Int>(repeating: 7, count: 3)) // expect: [true, true] [7, 7, 7]
