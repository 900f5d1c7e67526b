import numpy as np
print(np.zeros(3))

// expect error: SyntaxError: there is nothing to import
// expect error: In [1], line 1
// expect error: | ^~~~~~~~~~~~~~~~~~
// expect error: hint: leave it out: tensors are here
