let values = ["a", "b"]
print(values.index("b"))

// expect error: ArgumentError: index: this argument needs its label 'after:'
// expect error: In [1], line 2
// expect error: |                    ^~~
// expect error: hint: or use firstIndex(of: x)
