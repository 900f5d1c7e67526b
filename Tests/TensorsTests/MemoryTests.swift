import Tensors
import Testing

@Suite(.serialized) struct MemoryTests {
    @Test func aTerabyteIsAnErrorThatLosesNothing() throws {
        let kept = try Tensor([1, 2, 3])
        let before = Memory.used
        let text = thrownText { try Tensor.zeros([500_000, 500_000]) }
        #expect(
            text.hasPrefix("zeros: no room for 1 TB for shape [500000, 500000], expected at most "))
        #expect(Memory.used == before)
        #expect(try kept.scalars(as: Float.self) == [1, 2, 3])
    }

    @Test func theBudgetCountsScratchpadsAndOperations() throws {
        let x = try Tensor.ones([1, 8, 64, 64])
        let w = try Tensor.ones([8, 8, 3, 3])
        let budget = Memory.budget
        defer { Memory.budget = budget }
        Memory.budget = Memory.used + 1000
        #expect(thrownText { try conv2d(x, w) }.hasPrefix("conv2d: no room for 123 kB"))
        #expect(thrownText { try Tensor.adding(x, 1) }.hasPrefix("adding: no room for 131.1 kB"))
        Memory.budget = budget
        #expect(try conv2d(x, w).shape == [1, 8, 62, 62])
    }

    @Test func freedMemoryIsUsedAgain() throws {
        let before = Memory.used
        for _ in 0..<10 { _ = try Tensor.zeros([1000, 1000]) }
        #expect(Memory.used == before)
    }
}
