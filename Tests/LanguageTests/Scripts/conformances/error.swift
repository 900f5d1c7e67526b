struct ParseError: Error, Equatable { let line: Int; var reason = "syntax" }
enum NetError: Error { case timeout(seconds: Int), refused, other(String) }
func fail(_ n: Int) throws -> Int {
    switch n {
    case 0: throw ParseError(line: 7)
    case 1: throw NetError.timeout(seconds: 30)
    case 2: throw NetError.refused
    case 3: throw NetError.other("odd")
    default: return n
    }
}
for n in 0...4 {
    do {
        print(try fail(n))
    } catch let error as ParseError {
        print("parse", error.line, error == ParseError(line: 7))
    } catch NetError.timeout(let s) where s > 10 {
        print("slow", s)
    } catch NetError.refused, NetError.timeout {
        print("refused")
    } catch {
        print("other:", error)
    }
}
// expect: parse 7 true
// expect: slow 30
// expect: refused
// expect: other: other("odd")
// expect: 4
