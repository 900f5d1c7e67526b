// A perceptron that learns "and" and "or".
func train(_ data: [([Double], Int)], epochs: Int) -> (weights: [Double], bias: Double) {
    var w = [0.0, 0.0], b = 0.0
    for _ in 0..<epochs {
        for (x, target) in data {
            let out = zip(w, x).map(*).reduce(b, +) > 0 ? 1 : 0
            let delta = Double(target - out) * 0.1
            for i in w.indices { w[i] += delta * x[i] }
            b += delta
        }
    }
    return (w, b)
}
let inputs: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
for (name, targets) in [("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1])] {
    let model = train(Array(zip(inputs, targets)), epochs: 20)
    let answers = inputs.map { x in zip(model.weights, x).map { $0 * $1 }.reduce(0, +) + model.bias > 0 ? 1 : 0 }
    print(name, answers, answers == targets)
}
// expect: and [0, 0, 0, 1] true
// expect: or [0, 1, 1, 1] true
