let values = [1, 2]
print(values.map(x => x + 1))

// expect error: NameError: there is no operator '=>'
// expect error: In [1], line 2
// expect error: |                    ^~
// expect error: hint: use >=, or { x in ... } for a function
