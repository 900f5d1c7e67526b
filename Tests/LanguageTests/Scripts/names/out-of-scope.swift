if true {
    let inside = 1
    print(inside)
}
print(inside)

// expect error: NameError: there is no 'inside' here
// expect error: In [1], line 5
// expect error: |       ^~~~~~
// expect error: note: 'inside' of line 2 ends with the block it is declared in: declare it before that block
