// Points of a grid that stay in the Mandelbrot set, and a slow series for pi.
func mandelbrot(_ size: Int, _ limit: Int) -> Int {
    var inside = 0
    for row in 0..<size {
        let ci = 2.0 * Double(row) / Double(size) - 1.0
        for column in 0..<size {
            let cr = 2.0 * Double(column) / Double(size) - 1.5
            var zr = 0.0
            var zi = 0.0
            var turns = 0
            while turns < limit && zr * zr + zi * zi <= 4.0 {
                let next = zr * zr - zi * zi + cr
                zi = 2.0 * zr * zi + ci
                zr = next
                turns += 1
            }
            if turns == limit { inside += 1 }
        }
    }
    return inside
}

func leibniz(_ terms: Int) -> Double {
    var sum = 0.0
    var sign = 1.0
    for k in 0..<terms {
        sum += sign / (2.0 * Double(k) + 1.0)
        sign = -sign
    }
    return 4.0 * sum
}

print(mandelbrot(160, 100))
print(leibniz(2_000_000))
