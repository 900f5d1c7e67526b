let model = Sequential { Linear(4, 2) }
with torch.no_grad():
    print(model(Tensor.ones([1, 4])))

// expect error: SyntaxError: 'with' is Python
// expect error: In [1], line 2
// expect error: | ^~~~
// expect error: hint: write withoutGradient {
