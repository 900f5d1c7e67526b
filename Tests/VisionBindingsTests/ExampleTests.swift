import Language
import Testing
import VisionBindings

/// Every row says what it does and shows a call that runs.
@Suite struct ExampleTests {
    /// All rows but the refusals, which have no example because they always fail.
    static let rows = visionLibrary.bindings.filter {
        !["==", "!=", "&", "|", "^"].contains($0.name)
    }

    static let examples: [String] = {
        var seen: Set<String> = []
        return rows.map(\.example).filter { seen.insert($0).inserted }
    }()

    @Test(arguments: examples) func runs(example: String) throws {
        try Session().run(example)
    }

    @Test func everyRowHasASummaryAndAShortExample() {
        let wrong = Self.rows.filter { row in
            let lines = row.example.split(separator: "\n").count
            return !row.summary.hasSuffix(".") || !(1...4).contains(lines)
        }
        #expect(wrong.map(\.signature) == [])
    }

    @Test func everyExampleMentionsItsName() {
        let wrong = Self.rows.filter { row in
            switch row.kind {
            case .initializer(let owner): !row.example.contains(owner)
            case .subscript: !row.example.contains("[")
            default:
                !row.example.contains(row.name == "callAsFunction" ? "model(" : row.name)
            }
        }
        #expect(wrong.map(\.signature) == [])
    }

    @Test func everyMemberBelongsToAKnownType() {
        let types = Set(visionLibrary.types.map(\.name))
        let owners = Set(visionLibrary.bindings.compactMap(\.owner))
        #expect(owners.subtracting(types) == [])
    }

    @Test func noNameIsBothThereAndHinted() {
        let names = Set(
            visionLibrary.bindings.filter { $0.owner == nil }.map(\.name)
                + visionLibrary.types.map(\.name)
                + visionLibrary.bindings.compactMap { row in row.owner.map { "\($0).\(row.name)" } }
        )
        #expect(names.intersection(visionLibrary.hints.keys) == [])
    }
}
