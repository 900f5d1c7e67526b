func f() throws { }
do { try f() } catch problem { print("failed") }

// expect error: NameError: there is no 'problem' here
// expect error: In [1], line 2
// expect error: |                      ^~~~~~~
// expect error: hint: write catch { ... }: the error is called 'error' there
