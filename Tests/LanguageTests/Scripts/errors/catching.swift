// Errors of the language are caught as a script's own are.
// expect: caught index 3 is out of range: expected 0...0, as there are 1 elements
// expect: caught division by zero: 1 / 0
// expect: caught found nil while unwrapping an optional with !
// expect: cleaned
// expect: caught fatalError failed: stop
// expect: nil -1
func attempt(_ f: () throws -> Void) { do { try f() } catch { print("caught \(error)") } }
attempt { _ = [1][3] }
let z = 0
attempt { _ = 1 / z }
let o: Int? = nil
attempt { _ = o! }
attempt { defer { print("cleaned") }; fatalError("stop") }
print((try? [1][5]) as Any, (try? Int(1e40)) ?? -1)
// ---
struct Bad: Error { let n: Int }
throw Bad(n: 3) // expect error: uncaught error: Bad(n: 3)
// ---
enum Fault: Error { case late(by: Int) }
func f() throws { throw Fault.late(by: 2) }
try f() // expect error: uncaught error: Fault.late(by: 2)
// ---
assert(1 > 2, "order") // expect error: assert failed: order
// ---
precondition([1].isEmpty, "not empty: \([1])") // expect error: precondition failed: not empty: [1]
// ---
func never() -> Never { fatalError("end") }
never() // expect error: fatalError failed: end
