// What a session adds to Swift: display, clearOutput, seed; assert that always checks.
display(1 + 1) // expect: 2
display([1, 2]) // expect: [1, 2]
clearOutput()
clearOutput(wait: true)
seed(7)
let first = (0..<5).map { _ in Int.random(in: 0..<1000) }
seed(7)
let again = (0..<5).map { _ in Int.random(in: 0..<1000) }
print(first == again) // expect: true
seed(8)
print((0..<5).map { _ in Int.random(in: 0..<1000) } == first) // expect: false
