// try? gives nil, try! gives the value.
struct E: Error {}
func f(_ ok: Bool) throws -> Int { if ok { return 1 }; throw E() }
print((try? f(true)) ?? -1, (try? f(false)) ?? -1) // expect: 1 -1
if let v = try? f(true) { print("got", v) } // expect: got 1
guard let w = try? f(true) else { fatalError() }
print(w) // expect: 1
func o(_ ok: Bool) throws -> Int? { if ok { return nil }; throw E() }
print((try? o(true)) == nil, (try? o(false)) == nil) // expect: true true
let list = [true, false, true].compactMap { try? f($0) }
print(list) // expect: [1, 1]
let r = (try? f(false)).map { $0 + 1 }
print(r as Any) // expect: nil
