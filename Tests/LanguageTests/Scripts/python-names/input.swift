let name = input("name? ")

// expect error: NameError: there is no 'input' here
// expect error: In [1], line 1
// expect error: |            ^~~~~
// expect error: hint: write readLine()
