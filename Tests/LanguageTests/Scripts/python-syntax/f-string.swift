let loss = 0.25
print(f"loss {loss:.3f} after {2 + 1} epochs")

// expect error: SyntaxError: f"..." is Python: Swift puts a value into any string with \( )
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
// expect error: hint: write print("loss \(loss) after \(2 + 1) epochs")
