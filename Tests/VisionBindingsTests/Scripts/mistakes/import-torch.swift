import torch
let x = torch.ones(2)

// expect error: UnsupportedError: there is no module 'torch' to import
// expect error: In [1], line 1
// expect error: | ^~~~~~~~~~~~
// expect error: hint: Tensor and its functions, with no import
