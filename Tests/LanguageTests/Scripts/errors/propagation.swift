// Errors pass through functions, and defer runs on the way.
struct Stop: Error { let at: Int }
func deep(_ n: Int) throws -> Int {
    defer { print("leave", n) }
    if n == 2 { throw Stop(at: n) }
    return try deep(n + 1) + 1
}
do { print(try deep(0)) } catch let stop as Stop { print("stopped at", stop.at) }
// expect: leave 2
// expect: leave 1
// expect: leave 0
// expect: stopped at 2
func rethrowing(_ f: (Int) throws -> Int) rethrows -> Int { try f(1) }
print(rethrowing { $0 + 1 }) // expect: 2
do { _ = try rethrowing { _ in throw Stop(at: 9) } } catch { print("closure threw", error) } // expect: closure threw Stop(at: 9)
do {
    let values = try [1, 2, 3].map { n -> Int in if n == 3 { throw Stop(at: n) }; return n }
    print(values)
} catch { print("map stopped:", error) }
// expect: map stopped: Stop(at: 3)
do {
    do { throw Stop(at: 1) } catch let e as Stop where e.at > 5 { print("no") }
} catch { print("outer got", error) }
// expect: outer got Stop(at: 1)
func wrap() throws { do { throw Stop(at: 4) } catch { throw Stop(at: 5) } }
do { try wrap() } catch { print(error) } // expect: Stop(at: 5)
