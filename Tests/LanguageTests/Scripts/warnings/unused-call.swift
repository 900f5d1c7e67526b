func twice(_ n: Int) -> Int { 2 * n }
twice(3)
print("done") // expect: done

// expect warning: the result of 'twice' is not used
// expect warning: In [1], line 2
// expect warning: | ^~~~~~~~
// expect warning: hint: write let result = twice(3), or _ = twice(3)
