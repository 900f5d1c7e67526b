let model = Sequential { Linear(4, 2) }
print(model.state_dict())

// expect error: NameError: Sequential has no 'state_dict': use parameters, or save("model.safetensors")
// expect error: In [1], line 2
// expect error: |             ^~~~~~~~~~
