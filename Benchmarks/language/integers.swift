// The longest Collatz chain below a limit.
func longest(_ limit: Int) -> (Int, Int) {
    var best = 0
    var start = 0
    for first in 1..<limit {
        var n = first
        var length = 1
        while n != 1 {
            if n % 2 == 0 { n /= 2 } else { n = 3 * n + 1 }
            length += 1
        }
        if length > best {
            best = length
            start = first
        }
    }
    return (start, best)
}

let (start, length) = longest(60_000)
print(start, length)
