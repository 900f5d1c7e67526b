// fit, evaluate and predict train and use a struct.
struct Net: Layer {
    let linear = Linear(784, 10)
    func forward(_ x: Tensor) throws -> Tensor { linear(try x.reshaped(-1, 784)) }
}
seed(5)
let data = try FashionMNIST()
let net = Net()
let history = try fit(
    net, train: data.train.prefix(256), epochs: 2, batchSize: 32,
    optimizer: SGD(learningRate: 0.05))
print(history.epochs.count, history.epochs[1].train.loss < history.epochs[0].train.loss)  // expect: 2 true
print(try evaluate(net, on: data.test.prefix(64)).count)  // expect: 64
print(data.classes.contains(try net.predict(data.test[0].image).label))  // expect: true
