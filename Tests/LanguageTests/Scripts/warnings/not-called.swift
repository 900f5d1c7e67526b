let values = [2, 1]
func report() -> Int { 1 }
report // expect error: this names a function without calling it
print(values)

// expect error: In [1], line 3
// expect error: | ^~~~~~
// expect error: hint: call it: report()
