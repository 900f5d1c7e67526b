// A line fitted by gradient descent, with plain numbers.
let xs = [0.0, 1, 2, 3, 4]
let ys = xs.map { 3 * $0 - 1 }
var w = 0.0, b = 0.0
for epoch in 1...300 {
    var dw = 0.0, db = 0.0, loss = 0.0
    for (x, y) in zip(xs, ys) {
        let e = w * x + b - y
        loss += e * e
        dw += 2 * e * x
        db += 2 * e
    }
    w -= 0.02 * dw / Double(xs.count) * 2
    b -= 0.02 * db / Double(xs.count) * 2
    if epoch % 100 == 0 { print("epoch", epoch, "loss", (loss * 1000).rounded() / 1000) }
}
// expect: epoch 100 loss 0.047
// expect: epoch 200 loss 0.0
// expect: epoch 300 loss 0.0
print((w * 100).rounded() / 100, (b * 100).rounded() / 100) // expect: 3.0 -1.0
