func first<T>(_ values: [T]) -> T { values[0] }

// expect error: UnsupportedError: a generic parameter is not part of this language
// expect error: In [1], line 1
// expect error: |           ^~~
// expect error: hint: name the types, or take Any
