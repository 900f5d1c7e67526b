let values = [1, 2, 3]
let last = -1
print(values[last])

// expect error: IndexError: index -1 is out of range: expected 0...2, as there are 3 elements
// expect error: In [1], line 3
// expect error: |       ^~~~~~~~~~~~
// expect error: hint: count from the end with array[array.count - 1]
