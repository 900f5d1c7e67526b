func check(_ n: Int) {
    guard n > 0 else { print("negative") }
    print(n)
}

// expect error: SyntaxError: the body of guard must leave with return, throw, break or continue
// expect error: In [1], line 2
// expect error: |                      ^~~~~~~~~~~~~~~~~~~~~
