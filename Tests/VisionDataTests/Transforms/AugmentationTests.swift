import Tensors
import Testing
import VisionData

@Suite("Augmentation")
struct AugmentationTests {
    @Test("every transform takes grey, RGB, alpha and a single pixel, and keeps what it must")
    func everyKind() throws {
        let transforms: [any Transform] = [
            try Resize(5, 7), try Resize(shortSide: 3), try CenterCrop(1), try RandomCrop(1),
            try RandomCrop(3, padding: 2, mode: .wrap), try RandomResizedCrop(6), try Pad(2),
            try RandomFlip(probability: 1), try RandomFlip(.vertical), try RandomRotation(45),
            try RandomAffine(degrees: 9, translation: 0.5, scale: 0.5...2, shear: 20),
            try RandomPerspective(0.6, probability: 1), try ElasticTransform(alpha: 9, sigma: 2),
            try GaussianBlur(), try Sharpen(), try Grayscale(), try AutoContrast(), try Equalize(),
            try Invert(), try Posterize(bits: 2), try Solarize(),
            try ColorJitter(brightness: 2, contrast: 2, saturation: 2, hue: 0.5),
            try RandomErasing(probability: 1, noise: true),
            try RandAugment(operations: 5, magnitude: 30),
            try RandomApply(probability: 1) { try Invert() },
        ]
        for transform in transforms {
            for (channels, side) in [(1, 1), (1, 9), (3, 1), (3, 12), (4, 8)] {
                let image = try testCard(width: side, height: max(1, side - 2), channels: channels)
                for seed in 0..<20 {
                    let result = try transform(image, seed: seed)
                    #expect(result.channels == channels, "\(transform)")
                    #expect(result == (try transform(image, seed: seed)), "\(transform)")
                }
            }
        }
    }

    @Test("a random crop covers the share and proportions that it is given")
    func resizedCrop() throws {
        let image = try testCard(width: 200, height: 100, channels: 1)
        let crop = try RandomResizedCrop(10, scale: 0.2...0.3, ratio: 0.5...2)
        for seed in 0..<200 {
            let values = try crop.run(image, seed: seed).steps[0].values
            let sides = values.suffix(2).compactMap { Double($0.value) }
            #expect((0.19...0.31).contains(sides[0] * sides[1] / 20_000))
            #expect((0.48...2.08).contains(sides[0] / sides[1]))
        }
        // No part of these proportions has that much area: the middle of the right proportions.
        let wide = try RandomResizedCrop(10, scale: 1...1, ratio: 1...1).run(image, seed: 0)
        #expect(wide.steps[0].values.map(\.value) == ["50", "0", "100", "100"])
    }

    @Test("probabilities hold over many draws")
    func probability() throws {
        let image = try Image(width: 2, height: 1, channels: 1, bytes: [1, 2])
        let flip = try RandomFlip(probability: 0.3)
        let flipped = try (0..<2000).filter { try flip(image, seed: $0) != image }.count
        #expect((520...680).contains(flipped))
        for probability in [0.0, 1] {
            let flip = try RandomFlip(probability: probability)
            #expect(
                try (0..<50).allSatisfy {
                    try (flip(image, seed: $0) != image) == (probability == 1)
                })
        }
    }

    @Test("erasing covers one rectangle, black or noise, and leaves the rest")
    func erasing() throws {
        let white = try Image.filled(width: 40, height: 30, color: [255, 255, 255])
        let run = try RandomErasing(probability: 1, scale: 0.1...0.2).run(white, seed: 2)
        let numbers = run.steps[0].values.dropFirst().compactMap { Int($0.value) }
        let (x, y, width, height) = (numbers[0], numbers[1], numbers[2], numbers[3])
        for row in 0..<30 {
            for column in 0..<40 {
                let isCovered =
                    (x..<x + width).contains(column) && (y..<y + height).contains(row)
                #expect(run.image.bytes[3 * (40 * row + column)] == (isCovered ? 0 : 255))
            }
        }
        let noise = try RandomErasing(probability: 1, noise: true)(white, seed: 2)
        #expect(Set(noise.bytes).count > 50)
    }

    @Test("an elastic sheet of one colour stays so, and without strength nothing moves")
    func elastic() throws {
        let flat = try Image.filled(width: 20, height: 20, color: [9, 99, 199])
        expectEqual(try ElasticTransform(alpha: 80, sigma: 3)(flat, seed: 1), flat)
        let cat = try TransformFixture.cat()
        expectEqual(try ElasticTransform(alpha: 0)(cat, seed: 1), cat)
        #expect(try ElasticTransform(alpha: 80, sigma: 4)(cat, seed: 1) != cat)
    }

    @Test("RandAugment tells what it did, as strong as torchvision's")
    func randAugment() throws {
        let cat = try TransformFixture.cat()
        var seen: Set<String> = []
        for seed in 0..<200 {
            let values = try RandAugment(operations: 2, magnitude: 15).run(cat, seed: seed)
                .steps[0].values
            #expect(values.count == 2)
            for (name, value) in values {
                seen.insert(name)
                let strength = abs(try #require(Double(value)))
                let expected: [String: Double] = [
                    "shearX": 0.15, "shearY": 0.15, "translateX": 14, "translateY": 10,
                    "rotate": 15, "brightness": 0.45, "color": 0.45, "contrast": 0.45,
                    "sharpness": 0.45, "posterize": 6, "solarize": 127.5, "identity": 0,
                    "autoContrast": 0, "equalize": 0,
                ]
                #expect(strength == expected[name], "\(name)")
            }
        }
        #expect(seen.count == 14)
        #expect(try RandAugment(operations: 0)(cat) == cat)
    }

    @Test("shares of the Beta distribution have its mean and spread", arguments: [0.2, 1, 5])
    func beta(_ alpha: Double) {
        var draws = Draws(seed: 4)
        let values = (0..<20_000).map { _ in draws.beta("share", alpha) }
        let mean = values.reduce(0, +) / 20_000
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        #expect(abs(mean - 0.5) < 0.015)
        #expect(abs(variance - 1 / (4 * (2 * alpha + 1))) < 0.006)
        #expect(values.allSatisfy { (0...1).contains($0) })
    }

    @Test("arguments that make no sense are refused when the transform is made")
    func errors() {
        #expect(
            errorText { _ = try RandomFlip(probability: 1.5) }
                == "RandomFlip: expected a probability within 0...1, got 1.5")
        #expect(
            errorText { _ = try RandomResizedCrop(0) }
                == "RandomResizedCrop: expected a size of at least 1 pixel, got 0")
        #expect(
            errorText { _ = try ColorJitter(hue: 0.6) }.hasPrefix(
                "ColorJitter: expected numbers of at least 0 and a hue within 0...0.5"))
        #expect(throws: ImageError.self) { try RandomResizedCrop(8, scale: 0...2) }
        #expect(throws: ImageError.self) { try RandomCrop(8, padding: -1) }
        #expect(throws: ImageError.self) { try RandomRotation(-1) }
        #expect(throws: ImageError.self) { try RandomAffine(scale: 0...1) }
        #expect(throws: ImageError.self) { try RandomPerspective(1) }
        #expect(throws: ImageError.self) { try ElasticTransform(sigma: .infinity) }
        #expect(throws: ImageError.self) { try GaussianBlur(-1...1) }
        #expect(throws: ImageError.self) { try Sharpen(.nan) }
        #expect(throws: ImageError.self) { try Posterize(bits: 0) }
        #expect(throws: ImageError.self) { try RandAugment(operations: 2, magnitude: 31) }
        #expect(throws: ImageError.self) { try RandomErasing(ratio: 0...1) }
        #expect(throws: ImageError.self) { try MixUp(alpha: 0) }
        #expect(throws: ImageError.self) { try CutMix(alpha: .infinity) }
        #expect(
            errorText {
                _ = try RandomCrop(9, padding: 1)(testCard(width: 4, height: 8, channels: 1))
            } == """
                RandomCrop: expected a picture of at least 9x9 pixels with its padding of 1, \
                got Image 4x8 grey
                """)
    }
}
