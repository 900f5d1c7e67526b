struct Greeter { func hello() { print("hello") } }
Greeter.hello()

// expect error: NameError: 'hello' belongs to the values of Greeter, not to the type
// expect error: In [1], line 2
// expect error: |         ^~~~~
// expect error: hint: make one first: Greeter(...).hello
