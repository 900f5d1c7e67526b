struct P: Comparable { var x = 1 } // expect error: add static func < (a: P, b: P) -> Bool
// ---
struct P: Equatable { var f: () -> Int } // expect error: 'f' is () -> Int, which is not
// ---
struct Inner { var x = 1 }
struct P: Hashable { var inner = Inner() } // expect error: P cannot be Hashable by itself
// ---
struct P: CustomStringConvertible { var x = 1 } // expect error: add var description: String
// ---
enum E: CaseIterable { case a(Int) } // expect error: add static var allCases: [E]
// ---
struct P { var x = 1 }
print(P() == P()) // expect error: declare struct P: Equatable
// ---
struct P: Codable { } // expect error: cannot conform to 'Codable'
// ---
struct P: Equatible { } // expect error: use Equatable
// ---
struct P: Equatable, Equatable { } // expect error: conforms to Equatable twice
// ---
enum E: Int, Comparable { case a, b } // expect error: add static func <
// ---
struct P { var x = 1 }
print([P()].contains(P())) // expect error: contains: P is not Equatable
// ---
struct P: Equatable { var x = 1 }
print([P()].sorted()) // expect error: sorted: P is not Comparable
// ---
struct P: Equatable { var x = 1 }
print(Set([P()]).count) // expect error: declare struct P: Hashable
// ---
struct P { var x = 1 }
print([P(): 1].count) // expect error: a key: P is not Hashable
// ---
struct P { var x = 1; var table: [P: Int] = [:] } // expect error: a key: P is not Hashable
