print("a,b".split(","))

// expect error: ArgumentError: split: this argument needs its label 'separator:'
// expect error: In [1], line 1
// expect error: |                   ^~~
// expect error: note: declared as split(separator: String) -> [String]
// expect error: hint: write separator: ","
