enum Color { red, green }

// expect error: SyntaxError: the cases of an enum begin with 'case'
// expect error: In [1], line 1
// expect error: |              ^~~
// expect error: hint: write case red, green
