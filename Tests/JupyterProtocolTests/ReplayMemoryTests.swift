import JupyterProtocol
import Testing

@Suite struct ReplayMemoryTests {
    @Test func itKnowsTheNewestAndForgetsTheOldest() {
        var memory = ReplayMemory(capacity: 3)
        for value in 1...5 as ClosedRange<UInt8> {
            let isNew = memory.insert([value])
            #expect(isNew)
        }
        for value in 3...5 as ClosedRange<UInt8> {
            let isNew = memory.insert([value])
            #expect(!isNew, "\(value) was forgotten")
        }
        let isNew = memory.insert([1])
        #expect(isNew, "the oldest was kept beyond the bound")
    }
}
