var values = [1, 2]
del values[0]

// expect error: SyntaxError: 'del' is Python
// expect error: In [1], line 2
// expect error: | ^~~
// expect error: hint: write list.remove(at: i), or dictionary[key] = nil
