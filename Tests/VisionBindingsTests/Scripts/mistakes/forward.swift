struct Net: Layer {
    def forward(self, x):
        return x
}

// expect error: SyntaxError: 'def' is Python: a function begins with 'func' and names its types
// expect error: In [1], line 2
// expect error: |     ^~~
// expect error: hint: write func forward(_ x: Tensor) -> Tensor {
