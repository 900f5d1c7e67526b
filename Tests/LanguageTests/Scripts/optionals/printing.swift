// How optionals print.
let a: Int? = 5
let b: String? = "x"
let c: Int? = nil
print(a as Any, b as Any, c as Any) // expect: Optional(5) Optional("x") nil
print([a, c], [b]) // expect: [Optional(5), nil] [Optional("x")]
print((a, c)) // expect: (Optional(5), nil)
print(["k": a]) // expect: ["k": Optional(5)]
debugPrint(a as Any, b as Any) // expect: Optional(5) Optional("x")
print("\(a as Any) \(String(describing: b)) \(String(describing: c))") // expect: Optional(5) Optional("x") nil
let nested: Int?? = 5
print(nested as Any) // expect: Optional(Optional(5))
