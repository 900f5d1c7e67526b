import Hosting
import Plots
import Synchronization
import Testing

@Suite struct ProgressTests {
    /// Keeps the states that a piece of work tells.
    final class States: OutputSink {
        private let states = Mutex<[Progress]>([])
        var all: [Hosting.Progress] { states.withLock { $0 } }

        func emit(_ event: OutputEvent) {
            if case .progress(let state) = event { states.withLock { $0.append(state) } }
        }

        func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }
    }

    func states(_ work: () throws -> Void) rethrows -> [Progress] {
        let sink = States()
        try Host.$current.withValue(Host(output: sink), operation: work)
        return sink.all
    }

    @Test func aLoopTellsHowFarItIs() throws {
        let states = states {
            var sum = 0
            for x in progress(1...1000, "Adding") { sum += x }
            #expect(sum == 500_500)
        }
        #expect(Set(states.map(\.id)).count == 1)
        // A state for each element would be a thousand.
        #expect(states.count < 100)
        let last = try #require(states.last)
        #expect(last.title == "Adding" && last.completed == 1000 && last.total == 1000)
        #expect(states.map(\.isFinished).filter { $0 }.count == 1 && last.isFinished)
    }

    @Test func everyPassHasALineOfItsOwn() {
        let states = states {
            let items = progress([1, 2])
            for _ in items {}
            for _ in items {}
        }
        #expect(Set(states.map(\.id)).count == 2)
        #expect(states.filter(\.isFinished).map(\.completed) == [2, 2])
    }

    @Test func reportedFiguresAreOnTheLineAndInTheCurve() throws {
        let states = states {
            let steps = progress(1...50)
            for step in steps {
                steps.report("loss", 1 / Double(step))
                steps.report("accuracy", Double(step) / 50)
            }
        }
        let last = try #require(states.last)
        #expect(last.metrics.map(\.name) == ["loss", "accuracy"])
        #expect(last.metrics.map(\.value) == [0.02, 1])
        guard case .text(let svg)? = last.picture?["image/svg+xml"] else {
            Issue.record("no curve")
            return
        }
        #expect(svg.contains("<svg"))
    }

    @Test func aSequenceOfUnknownLengthHasNoTotal() throws {
        let states = states {
            for _ in progress(sequence(first: 1) { $0 < 5 ? $0 + 1 : nil }) {}
        }
        let last = try #require(states.last)
        #expect(last.total == nil && last.completed == 5)
    }

    @Test func endlessReportsTakeBoundedMemory() {
        _ = states {
            let tracker = ProgressTracker("long", total: nil, unit: "steps")
            for step in 0..<100_000 {
                tracker.report("value", Double(step))
                tracker.advance()
            }
            let points = tracker.points("value")
            #expect(points.count >= 200 && points.count < 400)
            // Means of equal stretches: still a straight line from the first to the last.
            #expect(points.first.map { $0.y < 500 } == true)
            #expect(points.last.map { $0.y > 99_000 } == true)
            #expect(zip(points, points.dropFirst()).allSatisfy { $0.y < $1.y && $0.x < $1.x })
        }
    }
}
