let x = Tensor([1, 2]).cuda()

// expect error: NameError: Tensor has no 'cuda': use the tensor as it is: everything runs on the processor
// expect error: In [1], line 1
// expect error: |                        ^~~~
