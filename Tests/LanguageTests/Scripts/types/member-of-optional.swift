let name: String? = "Ann"
print(name.count)

// expect error: TypeError: this is String?, which may be nil: 'count' needs the value inside
// expect error: In [1], line 2
// expect error: |            ^~~~~
// expect error: hint: write name?.count, or unwrap it with if let
