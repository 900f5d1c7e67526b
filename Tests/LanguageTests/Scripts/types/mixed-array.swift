let values = [1, "a"]

// expect error: TypeError: this literal holds Int and String
// expect error: In [1], line 1
// expect error: |                  ^~~
// expect error: hint: if that is meant, write its type: [Any]
