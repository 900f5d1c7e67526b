// Enumerations, optionals and Bools in switch need no default where all is handled.
enum Light { case red, green, blinking(Int) }
func act(_ l: Light?) -> String {
    switch l {
    case nil: "dark"
    case .red: "stop"
    case .blinking(0): "broken"
    case .green, .blinking: "go"
    }
}
print(act(nil), act(.red), act(.blinking(0)), act(.blinking(2)), act(.green)) // expect: dark stop broken go go
enum Tree { indirect case node(Tree, Tree); case leaf(Int) }
func sum(_ t: Tree) -> Int {
    switch t {
    case .leaf(let n): n
    case .node(.leaf(let a), .leaf(let b)): a + b
    case .node(let l, let r): sum(l) + sum(r)
    }
}
print(sum(.node(.leaf(1), .node(.leaf(2), .leaf(3))))) // expect: 6
func pair(_ a: Light, _ on: Bool) -> Int {
    switch (a, on) {
    case (_, false): 0
    case (.red, true): 1
    case (.green, _): 2
    case (.blinking(let n), true): n
    }
}
print(pair(.red, true), pair(.green, true), pair(.blinking(7), true), pair(.red, false)) // expect: 1 2 7 0
let flag: Bool? = nil
switch flag { case true?: print("yes"); case false?: print("no"); case nil: print("unknown") } // expect: unknown
