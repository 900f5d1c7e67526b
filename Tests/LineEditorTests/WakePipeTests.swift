import Glibc
import LineEditor
import Testing

@Suite struct WakePipeTests {
    @Test func eventsArriveInOrderAndBeforeInput() {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        #expect(write(ends[1], "x", 1) == 1)
        let wake = WakePipe()
        wake.send(.interrupt)
        wake.send(.resize)
        #expect(wake.wait(with: ends[0]) == .interrupt)
        #expect(wake.wait(with: ends[0]) == .resize)
        #expect(wake.wait(with: ends[0]) == .input)
    }

    @Test(.timeLimit(.minutes(1)))
    func anotherThreadWakesTheReader() async {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        let descriptors = ends
        defer { for end in descriptors { close(end) } }
        let wake = WakePipe()
        let sender = Task.detached { wake.send(.resume) }
        #expect(wake.wait(with: descriptors[0]) == .resume)
        await sender.value
    }

    @Test func drainedEventsAreForgotten() {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        #expect(write(ends[1], "x", 1) == 1)
        let wake = WakePipe()
        for _ in 0..<100_000 { wake.send(.interrupt) }
        wake.drain()
        #expect(wake.wait(with: ends[0]) == .input)
    }
}
