import Tensors
import Testing
import VisionData

@Suite("Ways compared on the same splits")
struct SplitComparisonTests {
    private let names = ["scratch", "head", "tuned"]
    private let accuracies = [[0.42, 0.36, 0.4], [0.9, 0.86, 0.88], [0.92, 0.84, 0.9]]

    @Test("a difference is of the pairs, not of the means")
    func pairs() throws {
        let comparison = try SplitComparison(names, accuracies, testShare: 0.4)
        let sure = try comparison.difference("head", "scratch")
        #expect(abs(sure.mean - 0.486667) < 1e-5)
        // Student's 4.303 times the deviation 0.011547 of the differences.
        #expect(abs(sure.lower - (0.486667 - 4.303 * 0.011547)) < 1e-5, "\(sure.interval)")
        let open = try comparison.difference("tuned", "head")
        #expect(open.lower < 0 && open.upper > 0)
        #expect(try comparison.difference("head", "tuned").mean == -open.mean)
    }

    @Test("the table says what is certain and what is open")
    func table() throws {
        let lines = try SplitComparison(names, accuracies, testShare: 0.4).description
            .split(separator: "\n")
        #expect(lines.count == 6)
        #expect(lines[3].contains("0.880 ±") && !lines[3].contains("open"))
        #expect(lines[4].hasSuffix("(open)"), "\(lines[4])")
    }

    @Test("what does not fit together is refused")
    func refusals() {
        func refused(_ names: [String], _ rows: [[Double]], _ share: Double) -> Bool {
            (try? SplitComparison(names, rows, testShare: share)) == nil
        }
        #expect(refused([], [], 0.4))
        #expect(refused(["a"], accuracies, 0.4))
        #expect(refused(["a", "a"], [[1, 1], [1, 1]], 0.4))
        #expect(refused(["a", "b"], [[1, 1], [1]], 0.4))
        #expect(refused(["a"], [[1]], 0.4))
        #expect(refused(names, accuracies, 0) && refused(names, accuracies, 1))
        #expect(refused(names, accuracies, .nan))
        #expect(throws: TensorError.self) {
            try SplitComparison(["a"], [[1, 1]], testShare: 0.5).difference("a", "b")
        }
    }
}
