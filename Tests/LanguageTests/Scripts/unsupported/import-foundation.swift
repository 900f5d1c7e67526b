import Foundation
print(sqrt(4))

// expect error: UnsupportedError: there is no module 'Foundation' to import
// expect error: In [1], line 1
// expect error: | ^~~~~~~~~~~~~~~~~
// expect error: hint: leave it out: the functions of the standard library and maths are here
