import Hosting
import Language
import Sessions
import Testing

/// Warnings that rows give while a cell runs.
@Suite struct WarningTests {
    private let library = Library(
        bindings: [
            .function("doubt", arg("x", Int.self, label: nil), summary: "A number.") {
                (x: Int) -> Int in
                Host.current.warn(Warning("\(x) is doubtful", suggestion: "take 1"))
                return x
            }
        ])

    @Test func aPlaceIsToldOfOnceInASession() {
        let session = Session(library: library, history: nil, frontEnd: "test")
        let output = RecordingOutput()
        _ = session.execute(
            "func f(_ x: Int) -> Int { doubt(x) }\nlet a = f(1) + f(2)", output: output)
        _ = session.execute("let b = f(3)", output: output)
        #expect(
            output.text(.standardError) == """
                warning: 1 is doubtful
                  In [1], line 1
                  1 | func f(_ x: Int) -> Int { doubt(x) }
                    |                           ^~~~~~~~
                  hint: take 1

                """)
        _ = session.execute("let c = doubt(4)", output: output)
        #expect(output.text(.standardError).contains("warning: 4 is doubtful\n  In [3], line 1"))
    }
}
