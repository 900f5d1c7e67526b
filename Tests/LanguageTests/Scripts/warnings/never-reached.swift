func sign(_ n: Int) -> Int {
    return n > 0 ? 1 : -1
    print("never")
}
print(sign(3)) // expect: 1

// expect warning: this is never reached
// expect warning: In [1], line 3
// expect warning: |     ^~~~~~~~~~~~~~
