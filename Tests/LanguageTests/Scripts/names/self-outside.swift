let x = 1
print(self.x)

// expect error: NameError: 'self' belongs inside a method of a struct or an enum
// expect error: In [1], line 2
// expect error: |       ^~~~
// expect error: hint: leave 'self.' out here
