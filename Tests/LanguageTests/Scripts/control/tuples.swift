// Tuples in switch: exhaustive without default.
func both(_ a: Bool, _ b: Bool) -> String {
    switch (a, b) {
    case (true, true): "both"
    case (true, false), (false, true): "one"
    case (false, false): "none"
    }
}
print(both(true, true), both(true, false), both(false, false)) // expect: both one none
func fizz(_ n: Int) -> String {
    switch (n % 3, n % 5) {
    case (0, 0): "FizzBuzz"
    case (0, _): "Fizz"
    case (_, 0): "Buzz"
    default: "\(n)"
    }
}
print((1...15).map(fizz).joined(separator: " ")) // expect: 1 2 Fizz 4 Buzz Fizz 7 8 Fizz Buzz 11 Fizz 13 14 FizzBuzz
func place(_ p: (Int, Int)) -> String {
    switch p {
    case (0, 0): "origin"
    case (let x, 0): "x \(x)"
    case (0, let y): "y \(y)"
    case (let x, let y) where x == y: "diagonal"
    case (-1...1, _): "near"
    case (_, _): "far"
    }
}
print(place((0, 0)), place((3, 0)), place((0, 4)), place((5, 5)), place((1, 9)), place((8, 9))) // expect: origin x 3 y 4 diagonal near far
