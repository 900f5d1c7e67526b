/// A transform whose pixels depend on a part of the picture that can be told beforehand: the rest
/// need not be read.
protocol ViewTransform: Transform {
    /// The changed picture, of which nothing is computed yet.
    func view(of picture: UnreadImage, drawing draws: inout Draws) throws -> UnreadImage
}

extension Transform {
    /// The changed picture, of which as little is read as that takes.
    func changed(_ picture: UnreadImage, drawing draws: inout Draws) throws -> Image {
        guard let transform = self as? any ViewTransform else {
            return try apply(picture.whole(), drawing: &draws)
        }
        return try transform.view(of: picture, drawing: &draws).whole()
    }
}

extension ViewTransform {
    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        try view(of: UnreadImage(image), drawing: &draws).whole()
    }
}
