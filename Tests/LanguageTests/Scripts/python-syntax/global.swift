var total = 0
func add(_ n: Int) {
    global total
    total += n
}

// expect error: SyntaxError: 'global' is Python
// expect error: In [1], line 3
// expect error: |     ^~~~~~
// expect error: hint: leave it out: functions see the variables around them
