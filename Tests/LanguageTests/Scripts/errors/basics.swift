struct Bad: Error { let code: Int }
func f(_ n: Int) throws -> Int { if n > 1 { throw Bad(code: n) }; return n }
do { print(try f(1)); print(try f(2)) } catch let e as Bad { print("bad", e.code) } catch { print("other") }
// expect: 1
// expect: bad 2
// ---
do { let a = [1]; print(a[3]) } catch { print("caught: \(error)") }
// expect: caught: index 3 is out of range: expected 0...0, as there are 1 elements
// ---
func g() throws { defer { print("cleanup") }; throw Bad() }
struct Bad: Error {}
do { try g() } catch { print("done") }
// expect: cleanup
// expect: done
// ---
struct Bad: Error {}
func g() throws -> Int { throw Bad() }
print((try? g()) ?? -1) // expect: -1
// ---
struct Bad: Error { let n: Int }
throw Bad(n: 3) // expect error: uncaught error: Bad(n: 3)
// ---
var a = 1
a = 2
print(nope) // expect error: NameError: there is no 'nope' here
// ---
let value = 1
print(valeu) // expect error: did you mean value?
// ---
let x = 1
x = 2 // expect error: declare it with var x
// ---
let s: String = 5 // expect error: s: expected String, got Int
// ---
len([1]) // expect error: write [1].count
// ---
let a = None // expect error: use nil
// ---
import torch // expect error: there is no module 'torch'
// ---
import VisionEngine
print("ok") // expect: ok
// ---
let x = (1 + // expect error: is missing here
// ---
var a = [1, 2]
a.push(3) // expect error: use append(3)
// ---
assert(1 > 2, "never") // expect error: assert failed: never
// ---
var kept = 1
kept = 5
print([1][9]) // expect error: index 9
// cell
print(kept) // expect: 5
// ---
let x = 1
// cell
let x = "new"
print(x) // expect: new
// ---
let a = 1
let a = 2 // expect error: declared twice
// ---
protocol Q {} // expect error: protocol is not part of this language
// ---
func f<T>(_ x: T) {} // expect error: a generic parameter
// ---
print(1 +) // expect error: SyntaxError
// ---
def f(x): // expect error: func
// ---
func ok() { print(1) }
ok().count // expect error: Void has no 'count'
// ---
[1][Int.min]
// expect error: is out of range
// ---
Array(repeating: 0, count: 1_000_000_000_000)
// expect error: elements cannot be made
// ---
(Int.min...Int.max).map { $0 }
// expect error: too many elements
// ---
(Int.min..<Int.max).map { $0 }
// expect error: too many elements
// ---
repeatElement(0, count: -1)
// expect error: elements cannot be made
// ---
String(repeating: "a", count: -1)
// expect error: cannot be made
// ---
Int(Double.nan)
// expect error: does not fit in Int
// ---
let a = Int.min, b = -1
a / b
// expect error: overflow
