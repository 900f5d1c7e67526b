import VisionData

/// How `run --check` compares pictures.
enum PictureComparison {
    /// The greatest distance of colours between two picture files, and where it is.
    static let difference: @Sendable ([UInt8], [UInt8]) throws -> (amount: Double, place: String) =
        { stored, now in
            let (before, after) = (try Image(data: stored), try Image(data: now))
            guard before.width == after.width, before.height == after.height else {
                throw SizesDiffer(stored: before.description, now: after.description)
            }
            let found = try before.colorDistance(to: after)
            return (found.distance, "at column \(found.x), row \(found.y)")
        }

    private struct SizesDiffer: Error, CustomStringConvertible {
        var stored: String
        var now: String
        var description: String {
            "the pictures have different sizes: stored \(stored), now \(now)"
        }
    }
}
