// A literal takes the type it is used as.
let half: Double = 1 / 2
print(half) // expect: 0.5
let x = 3.0
print(1 / 2 * x, x * 2, 2 * x + 1) // expect: 1.5 6.0 7.0
let f: Float = 1 / 4
print(f, f * 2) // expect: 0.25 0.5
let numbers: [Double] = [1, 2, 3]
print(numbers) // expect: [1.0, 2.0, 3.0]
let table: [String: Double] = ["a": 1, "b": 2]
print(table["a"]!, table["b"]!) // expect: 1.0 2.0
func twice(_ d: Double) -> Double { d * 2 }
print(twice(4), twice(1 / 2)) // expect: 8.0 1.0
let maybe: Double? = 5
print(maybe!) // expect: 5.0
print([1, 2.5, 3]) // expect: [1.0, 2.5, 3.0]
let pair: (Double, Int) = (1, 2)
print(pair) // expect: (1.0, 2)
