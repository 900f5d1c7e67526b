struct Box<T> { var value: T }

// expect error: UnsupportedError: a generic type is not part of this language
// expect error: In [1], line 1
// expect error: |           ^~~
// expect error: hint: name the type
