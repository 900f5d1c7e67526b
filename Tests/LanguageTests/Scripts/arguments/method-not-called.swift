let values = [2, 1]
print(values.sorted[0])

// expect error: TypeError: ((Int, Int) -> Bool) -> [Int] has no [ ]
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~~~~~~~~
// expect error: hint: call it: values.sorted()
