func normalized(_ values: [Double]) -> [Double] {
    let largest = values.max() ?? 1
    return values.map { $0 / largets }
}

// expect error: NameError: there is no 'largets' here
// expect error: In [1], line 3
// expect error: |                              ^~~~~~~
// expect error: hint: did you mean largest?
