let primes = {2, 3, 5}
print(primes)

// expect error: SyntaxError: an array stands in square brackets
// expect error: In [1], line 1
// expect error: |              ^~~~~~~~~
// expect error: hint: write let primes = [2, 3, 5]
