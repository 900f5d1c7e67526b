let values = [1, 2, 3]
print(values[3])

// expect error: IndexError: index 3 is out of range: expected 0...2, as there are 3 elements
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~
