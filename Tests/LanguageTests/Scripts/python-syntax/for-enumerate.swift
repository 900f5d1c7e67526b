let names = ["Ann", "Ben"]
for i, name in enumerate(names):
    print(i, name)

// expect error: SyntaxError: a block stands in braces, where Python has ':'
// expect error: In [1], line 2
// expect error: |                                ^
// expect error: hint: write for (i, name) in names.enumerated() {
