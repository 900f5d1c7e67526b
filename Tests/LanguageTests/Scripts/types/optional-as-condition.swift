let name: String? = nil
if name { print("named") }

// expect error: TypeError: condition: expected Bool, got String?
// expect error: In [1], line 2
// expect error: |    ^~~~
// expect error: hint: compare it: name != nil
