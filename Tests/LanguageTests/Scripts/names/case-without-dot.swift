enum Color { case red, green }
switch Color.red {
case red: print("red")
case .green: print("green")
}

// expect error: NameError: there is no 'red' here
// expect error: In [1], line 3
// expect error: |      ^~~
// expect error: hint: write .red
