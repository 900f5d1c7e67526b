struct Greeter { static func hello() { print("hello") } }
Greeter().hello()

// expect error: NameError: 'hello' belongs to Greeter itself, not to its values
// expect error: In [1], line 2
// expect error: |           ^~~~~
// expect error: hint: write Greeter.hello
