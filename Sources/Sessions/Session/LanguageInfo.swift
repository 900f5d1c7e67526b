/// What front ends and notebook files are told about the language.
public struct LanguageInfo: Sendable, Equatable {
    public var name: String
    /// The version of Swift whose syntax is read.
    public var version: String
    public var fileExtension: String
    public var mimeType: String
    public var pygmentsLexer: String
    public var codeMirrorMode: String

    /// The one language there is.
    public static let swift = LanguageInfo(
        name: "swift", version: "6.3", fileExtension: ".swift", mimeType: "text/x-swift",
        pygmentsLexer: "swift", codeMirrorMode: "swift")
}
