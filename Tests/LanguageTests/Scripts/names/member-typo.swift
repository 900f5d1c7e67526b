let values = [1, 2]
print(values.revrsed())

// expect error: NameError: [Int] has no 'revrsed'
// expect error: In [1], line 2
// expect error: |              ^~~~~~~
// expect error: hint: did you mean .reversed?
