import OneDNN
import Testing

@Suite struct AllocatorTests {
    @Test func theBudgetIsKeptAndNothingIsLost() throws {
        let allocator = Allocator(budget: 10_000)
        let first = try allocator.allocate(byteCount: 6000)
        #expect(throws: OneDNNError.self) { try allocator.allocate(byteCount: 6000) }
        #expect(allocator.used == first.byteCount)
        allocator.free(first)
        #expect(allocator.used == 0)
        let again = try allocator.allocate(byteCount: 6000)
        #expect(again.pointer == first.pointer)
        allocator.free(again)
    }

    @Test func whatIsKeptForReuseGivesWay() throws {
        let allocator = Allocator(budget: 10_000)
        allocator.free(try allocator.allocate(byteCount: 5000))
        let other = try allocator.allocate(byteCount: 9000)
        #expect(allocator.used >= 9000)
        allocator.free(other)
    }

    @Test func absurdSizesAreErrors() {
        let allocator = Allocator(budget: 1 << 30)
        #expect(throws: OneDNNError.self) { try allocator.allocate(byteCount: .max) }
        #expect(throws: OneDNNError.self) { try allocator.allocate(byteCount: 1 << 60) }
        #expect(allocator.used == 0)
    }

    @Test func errorsSayHowMuchThereIs() {
        let error = OneDNNError(
            call: "allocate", reason: .memory(requested: 1_500_000, used: 400, budget: 1400))
        #expect(
            error.description
                == "allocate: no room for 1.5 MB, expected at most 1 kB (budget 1.4 kB, in use 400 "
                + "bytes)")
    }
}

@Suite struct ParallelTests {
    @Test(arguments: [0, 1, 7, 1000, 100_003])
    func everyIndexIsVisitedOnce(_ count: Int) {
        var visits = [UInt8](repeating: 0, count: count)
        visits.withUnsafeMutableBufferPointer { visits in
            let base = visits.baseAddress
            Parallel.forEach(count: count, grain: 10) { range in
                for index in range { base?[index] += 1 }
            }
        }
        #expect(visits.allSatisfy { $0 == 1 })
    }

    @Test func loopsMayNest() {
        var sums = [Int](repeating: 0, count: 64)
        sums.withUnsafeMutableBufferPointer { sums in
            let base = sums.baseAddress
            Parallel.forEach(count: 64, grain: 1) { outer in
                for index in outer {
                    Parallel.forEach(count: 100, grain: 1) { inner in
                        for value in inner { base?[index] += value }
                    }
                }
            }
        }
        #expect(sums.allSatisfy { $0 == 4950 })
    }
}

@Suite struct PrimitiveTests {
    @Test func descriptorsCompareByWhatTheyDescribe() throws {
        let a = try MemoryDescriptor(shape: [2, 3])
        let b = try MemoryDescriptor(shape: [2, 3])
        #expect(a == b && a.hashValue == b.hashValue)
        #expect(a != (try MemoryDescriptor(shape: [3, 2])))
        #expect(a.plainStrides == [3, 1])
        let blocked = try MemoryDescriptor.channelBlocks(of: 16, shape: [1, 6, 2, 2])
        #expect(blocked.plainStrides == nil && blocked.isPadded)
        #expect(blocked.byteCount == 16 * 4 * 4)
    }

    @Test func primitivesAreMadeOnce() throws {
        let from = try MemoryDescriptor(shape: [4, 5])
        let to = try MemoryDescriptor(shape: [4, 5], strides: [1, 4], type: .float32)
        let first = try ReorderConfiguration(from: from, to: to).primitive()
        #expect(try ReorderConfiguration(from: from, to: to).primitive() === first)
        var input = (0..<20).map(Float.init)
        var output = [Float](repeating: 0, count: 20)
        try input.withUnsafeMutableBytes { input in
            try output.withUnsafeMutableBytes { output in
                let a = try #require(input.baseAddress)
                let b = try #require(output.baseAddress)
                try first.execute([(.source, a), (.destination, b)])
            }
        }
        #expect(output[1] == 5)
    }

    @Test func failuresNameTheCall() throws {
        let a = try MemoryDescriptor(shape: [4, 5])
        let b = try MemoryDescriptor(shape: [5, 4])
        do {
            _ = try ReorderConfiguration(from: a, to: b).primitive()
            Issue.record("no error")
        } catch {
            #expect(
                error.description
                    == "dnnl_reorder_primitive_desc_create: oneDNN answered 'invalid arguments'")
        }
    }
}
