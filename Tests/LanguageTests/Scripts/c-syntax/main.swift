int main() { return 0; }

// expect error: SyntaxError: a function begins with 'func', its result stands at the end
// expect error: In [1], line 1
// expect error: | ^~~~~~~~
// expect error: hint: write func main() -> Int { ... }
