let values = ["a", "b"]
print(values.index("b"))

// expect error: NameError: Array has no 'index': use firstIndex(of: "b")
// expect error: In [1], line 2
// expect error: |              ^~~~~
