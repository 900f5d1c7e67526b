let run = { () in
    print(1), print(2)
}

// expect error: SyntaxError: the entries of a block have no ',' between them
// expect error: In [1], line 2
// expect error: |             ^~~~~~~~~~
// expect error: hint: write each on a line of its own, or with ';' between them
