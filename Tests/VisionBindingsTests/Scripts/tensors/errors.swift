// What a mistake with tensors gets, where it stands.
let a = Tensor.ones([2, 3])
func product(_ x: Tensor) -> Tensor { x • x }
product(a)
// expect error: matmul
// expect error: 3 | func product(_ x: Tensor) -> Tensor { x • x }
// expect error: called from
// ---
Tensor.ones([2, 3]) + Tensor.ones([4])
// expect error: adding: shapes do not broadcast
// ---
let x = Tensor.ones([2])
x.view(2, 1)
// expect error: use reshaped
// ---
Tensor([[1, 2], [3]])
// expect error: nested arrays do not form a box
// ---
let x = Tensor.ones([2, 2])
x[5]
// expect error: IndexError
// ---
let x = Tensor.ones([2, 2])
x.sum(axis: 7)
// expect error: axis
// ---
Tensor.zeros([1_000_000, 1_000_000, 1_000])
// expect error: MemoryError
// ---
let x = Tensor.ones([2])
if x == x { print(1) }
// expect error: expected a .== b
// ---
let x = Tensor.ones([2])
x.requiresGradient = true
(x * 2).backward()
// expect error: GradientError
// ---
do { _ = try Tensor.load("no such file.npy") } catch { print("caught") }  // expect: caught
