let eight = 2 ^ 3
print(eight) // expect: 1

// expect warning: '^' is exclusive or, bit by bit
// expect warning: In [1], line 1
// expect warning: |             ^~~~~
// expect warning: hint: the power is 2 ** 3
