// One name, or one tuple, for the values of a case.
enum Shape { case circle(Double), pair(Int, Int), named(String, size: Int) }
func tell(_ shape: Shape) -> String {
    switch shape {
    case .pair(let both): return "\(both.0) and \(both.1)"
    case let .named(all): return "\(all.0) of \(all.size)"
    case .circle(let radius): return "\(radius)"
    }
}
print(tell(.pair(1, 2))) // expect: 1 and 2
print(tell(.named("a", size: 3))) // expect: a of 3
print(tell(.circle(1.5))) // expect: 1.5
if case .pair(let (a, b)) = Shape.pair(3, 4) { print(a + b) } // expect: 7
if case .pair(let p) = Shape.pair(3, 4) { print(p) } // expect: (3, 4)
if case .named(_) = Shape.named("x", size: 1) { print("named") } // expect: named
enum Two { case both((Int, Int)) }
if case .both(let (a, b)) = Two.both((1, 2)) { print(a, b) } // expect: 1 2
if case let .both((a, b)) = Two.both((1, 2)) { print(a, b) } // expect: 1 2
let maybe: Shape? = .pair(5, 6)
if case .pair(let p)? = maybe { print(p.1) } // expect: 6
for case .pair(let p) in [Shape.circle(1), .pair(7, 8)] { print(p.0) } // expect: 7
