// A name whose cell failed is known, but has no value.
let values = [1, 2][5]
// cell
print(values)

// expect error: index 5 is out of range
// expect error: NameError: there is no 'values' here
// expect error: In [2], line 1
// expect error: note: In [1] failed before it gave 'values' a value
// expect error: hint: mend In [1] and run it first
