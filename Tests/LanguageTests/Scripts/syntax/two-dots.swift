for i in 0..10 { print(i) }

// expect error: NameError: there is no operator '..'
// expect error: In [1], line 1
// expect error: |           ^~
// expect error: hint: use ..< to stop before the end, ... to include it
