import Foundation
import Tensors
import Testing
import VisionData

@Suite("Keypoints")
struct SIFTTests {
    /// OpenCV's keypoints: x, y, size, angle, response.
    private func reference() throws -> [[Double]] {
        let values = try FeatureFixture.expected("points", FeatureFixture.keypoints)
            .scalars(as: Double.self)
        return stride(from: 0, to: values.count, by: 5).map { Array(values[$0..<$0 + 5]) }
    }

    /// OpenCV enlarges the picture so that its keypoints lie a quarter of a pixel further on.
    private func isSame(_ point: Keypoint, _ other: [Double]) -> Bool {
        let turn = abs(point.angle - other[3])
        return hypot(point.x + 0.25 - other[0], point.y + 0.25 - other[1]) < 1
            && abs(log2(point.size / other[2])) < 0.2 && min(turn, 360 - turn) < 10
    }

    @Test("most keypoints are OpenCV's, and most of OpenCV's are found")
    func likeOpenCV() throws {
        let features = try sift(try FeatureFixture.photo("scene"))
        let wanted = try reference()
        let found = wanted.filter { other in features.keypoints.contains { isSame($0, other) } }
        let confirmed = features.keypoints.filter { point in
            wanted.contains { isSame(point, $0) }
        }
        let recall = Double(found.count) / Double(wanted.count)
        let precision = Double(confirmed.count) / Double(features.count)
        #expect(recall > 0.85 && precision > 0.85, "recall \(recall), precision \(precision)")
    }

    @Test("descriptors of the same keypoints are near OpenCV's")
    func descriptors() throws {
        let features = try sift(try FeatureFixture.photo("scene"))
        let got = try features.descriptors.scalars(as: Double.self)
        let wanted = try FeatureFixture.expected("descriptors", FeatureFixture.keypoints)
            .scalars(as: Double.self)
        var cosines: [Double] = []
        for (row, other) in try reference().enumerated() {
            guard let index = features.keypoints.firstIndex(where: { isSame($0, other) }) else {
                continue
            }
            let a = got[index * 128..<(index + 1) * 128]
            let b = wanted[row * 128..<(row + 1) * 128]
            let length = b.reduce(0) { $0 + $1 * $1 }.squareRoot()
            cosines.append(zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / length)
        }
        cosines.sort()
        let median = cosines[cosines.count / 2]
        #expect(median > 0.97, "median \(median), least \(cosines[0])")
    }

    @Test("keypoints are found again where a picture was turned and shrunk")
    func matches() throws {
        let first = try sift(try FeatureFixture.photo("scene"))
        let second = try sift(try FeatureFixture.photo("turned"))
        let matches = try matchFeatures(first, second)
        let m = try FeatureFixture.expected("matrix", FeatureFixture.keypoints)
            .scalars(as: Double.self)
        let right = matches.pairs.filter { pair in
            let (a, b) = (first.keypoints[pair.first], second.keypoints[pair.second])
            let x = m[0] * a.x + m[1] * a.y + m[2]
            let y = m[3] * a.x + m[4] * a.y + m[5]
            return hypot(x - b.x, y - b.y) < 3
        }
        let share = Double(right.count) / Double(matches.count)
        #expect(matches.count >= 30 && share > 0.9, "\(matches), \(share) of them right")
        #expect(matches.pairs.map(\.distance) == matches.pairs.map(\.distance).sorted())
        #expect(try matches.image.description == "Image 488x240 RGB")
        #expect(first.image.description == "Image 240x240 RGB")
        #expect(try matchFeatures(first, first).count > first.count / 2)
        #expect(throws: ImageError.self) { try matchFeatures(first, second, ratio: 0) }
    }

    @Test("pictures without structure have none, and impossible arguments are errors")
    func edges() throws {
        let flat = try sift(try Image.filled(width: 64, height: 64, color: [8]))
        #expect(flat.count == 0 && flat.descriptors.shape == [0, 128])
        #expect(try sift(try Image.filled(width: 1, height: 1, color: [8])).count == 0)
        #expect(try sift(try Image.filled(width: 3, height: 200, color: [8, 8, 8])).count == 0)
        let scene = try FeatureFixture.photo("scene")
        #expect(try sift(scene, count: 5).count == 5)
        #expect(try matchFeatures(try sift(scene, count: 5), flat).count == 0)
        #expect(throws: ImageError.self) { try sift(scene, contrast: 0) }
        #expect(
            errorText {
                _ = try sift(try Image.filled(width: 4000, height: 3000, color: [0]))
            }.hasPrefix("sift: too many pixels, expected at most 8388608, got 4000x3000"))
    }
}
