// A function as Python writes it; the types are a guess for the reader to mend.
let scale = 2.0
def area(width, height):
    return width * height * scale
print(area(2, 3))

// expect error: SyntaxError: 'def' is Python: a function begins with 'func' and names its types
// expect error: In [1], line 3
// expect error: | ^~~
// expect error: hint: write func area(_ width: Double, _ height: Double) -> Double {
