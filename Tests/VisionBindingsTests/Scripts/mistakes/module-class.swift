class Net(nn.Module):
    def forward(self, x):
        return x

// expect error: SyntaxError: 'class' is Python here: a type of one's own is a struct
// expect error: In [1], line 1
// expect error: | ^~~~~~~~~
// expect error: hint: write struct Net: Layer {
