enum E { case a, b }
print(E.c) // expect error: E has no 'c'
// ---
enum E { case a, b, a } // expect error: 'a' is declared twice in E
// ---
enum E: Int { case a = 1, b = 1 } // expect error: the raw value 1 of 'b' is taken already
// ---
enum E: Character { case a } // expect error: the case 'a' needs its raw value
// ---
enum E { case a = 1 } // expect error: E has no raw values
// ---
enum E { case a(Int) }
print(E.a()) // expect error: the argument
// ---
enum E { case a }
print(E.a(1)) // expect error: the case 'a' holds nothing
// ---
enum E { case a, b }
print(E()) // expect error: E is made by naming a case
// ---
enum E { case a(Int), b }
func f(_ e: E) -> Int { switch e { case .a(let n): n } } // expect error: does not handle .b
// ---
enum E { case a(Int) }
print(E.a(1) == .a(1)) // expect error: declare enum E: Equatable
// ---
enum Tree { case leaf, node(Tree, Tree) } // expect error: write indirect enum Tree
// ---
enum E { case a(x: Int) }
print(E.a(1)) // expect error: this argument needs its label 'x:'
// ---
enum E { case a; mutating func go() { self = .b } } // expect error: E has no 'b'
