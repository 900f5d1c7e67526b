// Layers inside a struct see training mode, evaluation mode and freezing.
struct Noisy: Layer {
    let drop = Dropout(0.5), norm = BatchNorm2d(1)
    func forward(_ x: Tensor) -> Tensor { norm(drop(x)) }
}
seed(1)
let layer = Noisy()
let x = try Tensor.ones([4, 1, 8, 8])
try print((layer(x) - x).abs().max().item() < 0.001)  // expect: true
let trained = withTraining { layer(x) }
try print((trained - x).abs().max().item() > 0.5)  // expect: true
print(try layer["norm.num_batches_tracked"].item())  // expect: 1.0
layer.freeze()
_ = withTraining { layer(x) }
print(try layer["norm.num_batches_tracked"].item())  // expect: 1.0
layer.unfreeze()
_ = withTraining { layer(x) }
print(try layer["norm.num_batches_tracked"].item())  // expect: 2.0
