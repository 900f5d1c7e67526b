let half = 7 // 2
print(half) // expect: 7

// expect warning: '//' begins a comment, so what follows does not count
// expect warning: In [1], line 1
// expect warning: |              ^~~~
// expect warning: hint: / between Ints divides without a rest
