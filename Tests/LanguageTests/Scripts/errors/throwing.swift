// throw, do, catch and what is caught.
enum Fault: Error { case empty, bad(code: Int), named(String) }
struct Other: Error { let text: String }
func check(_ n: Int) throws -> String {
    if n == 0 { throw Fault.empty }
    if n < 0 { throw Fault.bad(code: n) }
    if n == 7 { throw Fault.named("seven") }
    if n > 100 { throw Other(text: "big") }
    return "fine \(n)"
}
func attempt(_ n: Int) -> String {
    do {
        return try check(n)
    } catch Fault.empty {
        return "empty"
    } catch Fault.bad(let code) where code < -10 {
        return "very bad \(code)"
    } catch let Fault.bad(code) {
        return "bad \(code)"
    } catch let error as Other {
        return error.text
    } catch {
        return "other: \(error)"
    }
}
print(attempt(1), attempt(0), attempt(-5), attempt(-50), attempt(7), attempt(200), separator: "; ")
// expect: fine 1; empty; bad -5; very bad -50; other: named("seven"); big
print((try? check(1)) ?? "none", (try? check(0)) ?? "none") // expect: fine 1 none
do { _ = try check(0) } catch is Other { print("other") } catch is Fault { print("fault") } // expect: fault
do { _ = try check(-3) } catch Fault.empty, Fault.bad { print("one of them") } // expect: one of them
