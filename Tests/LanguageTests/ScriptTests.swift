import Language
import ScriptTesting
import Testing

/// Every script of `Scripts` does what its comments say.
@Suite struct ScriptTests {
    static let folder = ScriptFolder(beside: #filePath)

    @Test(arguments: folder.names) func doesWhatItExpects(_ name: String) throws {
        for (number, source) in try Self.folder.programs(in: name).enumerated() {
            for difference in ScriptRun(source).differences {
                Issue.record("\(name), program \(number + 1): \(difference)\n\(source)")
            }
        }
    }

    @Test func thereAreManyScripts() throws {
        #expect(Self.folder.names.count >= 140)
        let count = try Self.folder.names.map { try Self.folder.programs(in: $0).count }
        #expect(count.reduce(0, +) >= 280)
    }

    @Test(arguments: [
        ("print(1) // expect: 2", "it printed\n    1\nin place of\n    2"),
        ("print(1)", "it expects nothing"),
        ("nope() // expect: 1", "it failed: "),
        ("let x = 1 // expect error: x is wrong", "there was none"),
        ("nope // expect error: division", "no error says 'division'"),
        ("let x = 1 // expect warning: never used", "no warning says 'never used'"),
    ])
    func aWrongExpectationIsFound(source: String, difference: String) {
        #expect(ScriptRun(source).differences.contains { $0.contains(difference) })
    }
}
