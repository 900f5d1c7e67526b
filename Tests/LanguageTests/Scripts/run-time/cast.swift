let value: Any = "text"
let n = value as! Int

// expect error: TypeError: cannot cast String "text" to Int
// expect error: In [1], line 2
// expect error: |         ^~~~~~~~~~~~~
// expect error: hint: as? gives nil instead of an error
