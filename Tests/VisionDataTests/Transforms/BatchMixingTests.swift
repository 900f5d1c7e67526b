import Tensors
import Testing
import VisionData

@Suite("MixUp and CutMix")
struct BatchMixingTests {
    /// Four pictures of one value each, and their labels.
    private func batch() throws -> Batch {
        let images = try (0..<4).map {
            try Image.filled(width: 8, height: 6, color: [UInt8(51 * $0)])
        }
        let data = try ImageDataset(
            images: images, labels: [0, 1, 2, 0], classes: ["a", "b", "c"])
        let iterator = try data.batches(4).makeIterator()
        return try #require(iterator.next())
    }

    @Test("MixUp mixes pictures and labels by one share")
    func mixUp() throws {
        let batch = try batch()
        for seed in 0..<20 {
            let mixed = try MixUp(alpha: 1)(batch, classes: 3, seed: seed)
            #expect(mixed.images.shape == [4, 1, 6, 8] && mixed.labels.shape == [4, 3])
            let labels: [Float] = try mixed.labels.scalars()
            let pixels: [Float] = try mixed.images.scalars()
            for row in 0..<4 {
                let part = Array(labels[3 * row..<3 * row + 3])
                #expect(abs(part.reduce(0, +) - 1) < 1e-6)
                let (classes, own) = ([0, 1, 2, 0], Float(row) * 0.2)
                let share = part[classes[row]]
                // The share that explains the label explains the pixels.
                let partners = (0..<4).filter {
                    classes[$0] != classes[row] && part[classes[$0]] > 0
                }
                let values = partners.map { share * own + (1 - share) * Float($0) * 0.2 }
                #expect(
                    share > 0.9999 || values.contains { abs(pixels[48 * row] - $0) < 1e-5 },
                    "row \(row), seed \(seed)")
                #expect(pixels[48 * row..<48 * row + 48].allSatisfy { $0 == pixels[48 * row] })
            }
        }
    }

    @Test("CutMix replaces one rectangle and mixes labels by its area")
    func cutMix() throws {
        let batch = try batch()
        for seed in 0..<20 {
            let mixed = try CutMix()(batch, classes: 3, seed: seed)
            let labels: [Float] = try mixed.labels.scalars()
            let pixels: [Float] = try mixed.images.scalars()
            for row in 0..<4 {
                let own = Float(row) * 0.2
                let kept = pixels[48 * row..<48 * row + 48].filter { abs($0 - own) < 1e-5 }.count
                let label = labels[3 * row + [0, 1, 2, 0][row]]
                // A picture that is its own partner, or whose partner is of its class, has 1.
                #expect(label > 0.9999 || abs(label - Float(kept) / 48) < 1e-5)
            }
        }
    }

    @Test("labels that are none are refused")
    func errors() throws {
        let batch = try batch()
        #expect(
            errorText { _ = try MixUp()(batch, classes: 2) }
                == "MixUp: expected labels in 0..<2, got 0 to 2")
        let mixed = try MixUp()(batch, classes: 3)
        #expect(
            errorText { _ = try CutMix()(mixed, classes: 3) }.hasPrefix(
                "CutMix: expected images [N, C, H, W] and labels [N], got [4, 1, 6, 8]"))
    }
}
