let n = Int("abc")!

// expect error: NilError: found nil while unwrapping an optional with !
// expect error: In [1], line 1
// expect error: |         ^~~~~~~~~~~
// expect error: hint: use if let, ?? or ?. where a value may be missing
