print("a,b".split(","))

// expect error: ArgumentError: split: this argument needs its label 'separator:'
// expect error: In [1], line 1
// expect error: |                   ^~~
// expect error: note: declared as split(separator: String, maxSplits: Int = 9223372036854775807,
// expect error: hint: write separator: ","
