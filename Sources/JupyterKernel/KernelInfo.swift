import JupyterProtocol

/// What a kernel says about itself.
public struct KernelInfo: Sendable {
    /// The program's name.
    public var implementation: String
    /// The program's version.
    public var version: String
    /// The version of Swift whose syntax is read.
    public var languageVersion: String
    /// The first line or lines that consoles show.
    public var banner: String
    /// Titles and addresses for a front end's Help menu.
    public var helpLinks: [(text: String, url: String)]

    /// What is told to everybody who asks.
    public init(
        implementation: String, version: String, languageVersion: String, banner: String,
        helpLinks: [(text: String, url: String)]
    ) {
        self.implementation = implementation
        self.version = version
        self.languageVersion = languageVersion
        self.banner = banner
        self.helpLinks = helpLinks
    }

    /// The content of a `kernel_info_reply`.
    var content: [String: JSONValue] {
        [
            "status": "ok",
            "protocol_version": .string(MessageFactory.protocolVersion),
            "implementation": .string(implementation),
            "implementation_version": .string(version),
            "language_info": [
                "name": "swift",
                "version": .string(languageVersion),
                "mimetype": "text/x-swift",
                "file_extension": ".swift",
                "pygments_lexer": "swift",
                "codemirror_mode": "swift",
            ],
            "banner": .string(banner),
            "help_links": .array(
                helpLinks.map { ["text": .string($0.text), "url": .string($0.url)] }),
            "debugger": false,
            "supported_features": ["kernel subshells"],
        ]
    }
}
