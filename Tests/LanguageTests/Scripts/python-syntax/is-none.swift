let name: String? = nil
if name is not None:
    print(name)

// expect error: SyntaxError: a block stands in braces, where Python has ':'
// expect error: In [1], line 2
// expect error: |                    ^
// expect error: hint: write if name != nil {
