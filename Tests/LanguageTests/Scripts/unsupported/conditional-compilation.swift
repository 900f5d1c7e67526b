#if DEBUG
print("debug")
#endif

// expect error: UnsupportedError: #if is not part of this language
// expect error: In [1], line 1
// expect error: | ^~~
// expect error: hint: keep the lines that count, or write if
