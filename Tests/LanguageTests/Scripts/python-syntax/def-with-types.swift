// Python's annotations become Swift's.
def add(a: int, b: int = 2, names: List[str] = None) -> int:
    return a + b
print(add(1))

// expect error: SyntaxError: 'def' is Python: a function begins with 'func' and names its types
// expect error: In [1], line 2
// expect error: | ^~~
// expect error: hint: write func add(_ a: Int, b: Int = 2, names: [String] = nil) -> Int {
