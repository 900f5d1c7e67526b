print(later)
let later = 1

// expect error: NameError: there is no 'later' here
// expect error: In [1], line 1
// expect error: |       ^~~~~
// expect error: note: 'later' is declared only later, in line 2
