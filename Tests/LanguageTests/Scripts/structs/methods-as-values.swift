struct Greeter {
    var greeting: String
    func greet(_ name: String) -> String { "\(greeting), \(name)" }
    static func shout(_ name: String) -> String { name.uppercased() }
}
let greeter = Greeter(greeting: "Hello")
let greet = greeter.greet
print(greet("Ada"))
print(["a", "b"].map(greeter.greet))
print(["a", "b"].map(Greeter.shout))
let make = Greeter.init
print(make("Hi").greet("you"))
print(["x", "y"].map(Greeter.init(greeting:)).map { $0.greeting })
// expect: Hello, Ada
// expect: ["Hello, a", "Hello, b"]
// expect: ["A", "B"]
// expect: Hi, you
// expect: ["x", "y"]
