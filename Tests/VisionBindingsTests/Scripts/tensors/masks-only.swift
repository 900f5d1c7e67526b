// expect error: .&: combines masks, expected bool tensors, as x .> 0 gives, got float32 and bool
let x = Tensor([1, 2])
x .& x .> 1
