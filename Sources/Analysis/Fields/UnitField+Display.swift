import Hosting
import VisionData

extension UnitField: CustomStringConvertible, Displayable {
    /// What it sees, in words.
    public var description: String {
        let place = "unit (\(unit.row), \(unit.column)) of \(layer), a map of \(map[0])x\(map[1])"
        return """
            \(place)
            theoretical field: \(theoretical.map(\.description) ?? "all of the image")
            gradient arrives: \(measured.map(\.description) ?? "nowhere")
            image \(image[0])x\(image[1])
            """
    }

    /// The picture, and the words where pictures are not.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = try picture.mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }
}
