let x = Tensor([1, 2])
x.requiresGradient = true
print(x.gradient.sum())

// expect error: TypeError: this is Tensor?, which may be nil: 'sum' needs the value inside
// expect error: In [1], line 3
// expect error: |                  ^~~
// expect error: hint: write x.gradient?.sum, or unwrap it with if let
