let loss = 0.5
print("loss: {loss}") // expect: loss: {loss}

// expect warning: '{loss}' stands in this text as it is
// expect warning: In [1], line 2
// expect warning: |       ^~~~~~~~~~~~~~
// expect warning: hint: \(loss) puts the value in
