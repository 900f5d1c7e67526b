print(5 == "5")

// expect error: TypeError: cannot compare Int with String
// expect error: In [1], line 1
// expect error: |       ^~~~~~~~
// expect error: hint: turn the text into a number: Int("5")
