let values = [2, 1]
func report() -> Int { 1 }
report
print(values) // expect: [2, 1]

// expect warning: this names a function without calling it
// expect warning: In [1], line 3
// expect warning: | ^~~~~~
// expect warning: hint: call it: report()
