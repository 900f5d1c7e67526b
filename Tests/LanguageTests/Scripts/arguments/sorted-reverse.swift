let values = [3, 1, 2]
print(values.sorted(reverse: true))

// expect error: ArgumentError: sorted has no label 'reverse:': use sorted(by: >)
// expect error: In [1], line 2
// expect error: |                     ^~~~~~~
// expect error: note: declared as sorted(by less: (T, T) -> Bool) -> [T]
// expect error: note: declared as sorted() -> [T]
