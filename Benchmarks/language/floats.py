# Points of a grid that stay in the Mandelbrot set, and a slow series for pi.
def mandelbrot(size, limit):
    inside = 0
    for row in range(size):
        ci = 2.0 * row / size - 1.0
        for column in range(size):
            cr = 2.0 * column / size - 1.5
            zr = 0.0
            zi = 0.0
            turns = 0
            while turns < limit and zr * zr + zi * zi <= 4.0:
                next = zr * zr - zi * zi + cr
                zi = 2.0 * zr * zi + ci
                zr = next
                turns += 1
            if turns == limit:
                inside += 1
    return inside


def leibniz(terms):
    total = 0.0
    sign = 1.0
    for k in range(terms):
        total += sign / (2.0 * k + 1.0)
        sign = -sign
    return 4.0 * total


print(mandelbrot(160, 100))
print(leibniz(2_000_000))
