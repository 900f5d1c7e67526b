let x = try Tensor([1, 2, 3, 4])
print(try (x .> 1 .& x .< 4).array())  // expect: [false, true, true, false]
print(try (x .< 2 .| x .> 3).array())  // expect: [true, false, false, true]
print(try (x .> 1 .^ x .> 3).array())  // expect: [false, true, true, false]
print(try (.!(x .> 2)).array())  // expect: [true, true, false, false]

// Shapes broadcast, and "and" binds closer than "or".
let rows = try Tensor([[true], [false]]), columns = try Tensor([true, false])
print(try (rows .& columns).array())  // expect: [[true, false], [false, false]]
print(try (x .> 3 .| x .> 1 .& x .< 3).array())  // expect: [false, true, false, true]

print(try x[x .> 1 .& x .!= 3].array())  // expect: [2.0, 4.0]
print(try (x .> 1).sum().item(), try (x .> 9 .| x .< 0).any().item())
// expect: 3.0 0.0
