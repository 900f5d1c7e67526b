// An error inside a layer says which one, how the shape came to be, and where in the script.
struct Head: Layer {
    let linear = Linear(5, 2)
    func forward(_ x: Tensor) -> Tensor {
        linear(x)
    }
}
struct Net: Layer {
    let body = Linear(3, 4)
    let head = Head()
    func forward(_ x: Tensor) -> Tensor { head(body(x)) }
}
// cell
let net = Net()
net(Tensor.ones([1, 3]))
// expect error: in layer head.linear (Linear(5, 2))
// expect error: input [1, 3] -> Linear body [1, 4]
// expect error: 5 |         linear(x)
// expect error: called from In [1], line 11 in forward
// expect error: called from In [2], line 2
// cell
do { print(try net(Tensor.ones([1, 3]))) } catch { print("caught") }  // expect: caught
// ---
// What forward throws, and its own faults, come out as they are.
enum Refused: Error { case odd(Int) }
struct Even: Layer {
    func forward(_ x: Tensor) throws -> Tensor {
        guard x.count % 2 == 0 else { throw Refused.odd(x.count) }
        return x
    }
}
let model = Sequential { Even() }
do { _ = try model.forward(Tensor.ones([3])) } catch Refused.odd(let n) { print("odd", n) }
// expect: odd 3
