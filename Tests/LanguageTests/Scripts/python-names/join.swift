let words = ["a", "b"]
print(", ".join(words))

// expect error: NameError: String has no 'join': use joined on the array: array.joined(separator: words)
// expect error: In [1], line 2
// expect error: |            ^~~~
