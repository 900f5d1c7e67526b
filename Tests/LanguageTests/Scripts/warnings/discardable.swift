@discardableResult func log(_ text: String) -> Int { print(text); return text.count }
log("a") // expect: a
func next() -> Int { 1 }
next()
print("b") // expect: b

// expect warning: the result of 'next' is not used
// expect warning: In [1], line 4
// expect warning: | ^~~~~~
// expect warning: hint: write let result = next(), or _ = next()
