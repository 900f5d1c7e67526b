import Foundation
import Tensors
import Testing
import VisionData

/// Photographs and expected features, made by Fixtures/Features/make_features.py.
enum FeatureFixture {
    static func photo(_ name: String) throws -> Image { try Fixture.image("Features/\(name).png") }

    static let filters = Result { try tensors("filters") }
    static let features = Result { try tensors("features") }
    static let keypoints = Result { try tensors("sift") }
    static let digits = Result { try tensors("digits") }

    private static func tensors(_ name: String) throws -> [String: Tensor] {
        try loadTensors(Fixture.path("Features/\(name).safetensors"))
    }

    static func expected(_ name: String, _ set: Result<[String: Tensor], any Error>) throws
        -> Tensor
    {
        try #require(try set.get()[name], "the fixture has no \(name)")
    }
}

/// Expects tensors of one shape whose elements differ by at most `tolerance`; names the worst one.
func expectClose(
    _ got: Tensor, _ expected: Tensor, tolerance: Double, _ note: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let (shape, wanted) = (got.shape, expected.shape)
    guard shape == wanted else {
        Issue.record(
            "\(note): got shape \(shape), expected \(wanted)", sourceLocation: sourceLocation)
        return
    }
    let (a, b) = (try got.scalars(as: Double.self), try expected.scalars(as: Double.self))
    var worst = (index: 0, difference: 0.0)
    for index in a.indices {
        let difference = abs(a[index] - b[index])
        if !(difference <= worst.difference) { worst = (index, difference) }
    }
    if !(worst.difference <= tolerance) {
        var place: [Int] = []
        var rest = worst.index
        for length in shape.reversed() {
            place.insert(rest % length, at: 0)
            rest /= length
        }
        let wrong = a.indices.filter { !(abs(a[$0] - b[$0]) <= tolerance) }.count
        Issue.record(
            """
            \(note): element \(place) is \(a[worst.index]), expected \(b[worst.index]) within \
            \(tolerance); \(wrong) of \(a.count) differ by more
            """, sourceLocation: sourceLocation)
    }
}
