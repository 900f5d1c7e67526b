enum Color { case red, green }
print(Color.red.rawValue)

// expect error: NameError: Color has no 'rawValue'
// expect error: In [1], line 2
// expect error: |                 ^~~~~~~~
// expect error: hint: declare enum Color: Int, or String
