let x = Tensor([1, 2, 3])
if x > 2 { print("big") }

// expect error: TypeError: cannot apply '>' to Tensor and Int
// expect error: In [1], line 2
// expect error: |    ^~~~~
// expect error: hint: use x .> 2, element by element
