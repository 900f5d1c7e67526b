// Gradients through tensors, functions of tensors and loops.
let x = try Tensor([1, 2, 3])
x.requiresGradient = true
let y = try (x ** 2).sum()
try y.backward()
print(x.gradient!)  // expect: [2.0, 4.0, 6.0]
try (x * 2).sum().backward()
print(x.gradient!)  // expect: [4.0, 6.0, 8.0]
print(try gradient(of: { try ($0 ** 3).sum() }, at: Tensor([2, 3])))  // expect: [12.0, 27.0]
var z = x
for _ in 0..<2 { z = z * x }
print(try gradient(of: { t in
    var r = t
    for _ in 0..<2 { r = r * t }
    return try r.sum()
}, at: Tensor([2])))  // expect: [12.0]
print(withoutGradient { (x * 2).requiresGradient })  // expect: false
