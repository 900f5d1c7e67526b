print("%d items" % 3)

// expect error: TypeError: cannot apply '%' to String and Int
// expect error: In [1], line 1
// expect error: |       ^~~~~~~~~~~~~~
// expect error: hint: write an interpolation: "\(value)"
