import ArgumentParser
import Glibc

/// The command line: what to run, or nothing for the prompt.
struct VisionREPL: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visionrepl",
        abstract: "A prompt and script runner for tensors, networks and images in Swift.",
        discussion: """
            Without arguments and at a terminal it opens a prompt: ':help' lists its commands, Tab \
            completes, Ctrl-C stops what runs, Ctrl-D leaves. A script may also come through a pipe.

            The prompt first runs the file init.swift in $XDG_CONFIG_HOME/swift-vision, which is \
            ~/.config/swift-vision for most people. Pictures are shown the best way the terminal \
            offers; VISION_PICTURES chooses another: kitty, iterm, sixel or blocks. NO_COLOR turns \
            colours and pictures off.
            """)

    @Option(
        name: .customShort("e"), help: "Run this code and show the value of its last expression.")
    var code: String?

    @Flag(help: "Open the prompt without running init.swift.")
    var noInit = false

    @Argument(help: "A Swift file to run.", completion: .file(extensions: ["swift"]))
    var file: String?

    @Argument(
        parsing: .captureForPassthrough,
        help: "What the script finds in CommandLine.arguments after its own name.")
    var arguments: [String] = []

    func validate() throws {
        if code != nil && file != nil {
            throw ValidationError("-e runs code and a file is given too: choose one of them")
        }
    }

    enum Mode: Equatable {
        case prompt
        case code(String)
        case file(String)
        case standardInput
    }

    /// What the arguments ask for.
    var mode: Mode {
        if let code { return .code(code) }
        if let file { return .file(file) }
        return isatty(0) == 1 ? .prompt : .standardInput
    }
}

/// How the process ends.
enum ExitStatus {
    static let success: Int32 = 0
    static let failure: Int32 = 1
    static let usage: Int32 = 2
    static let interrupted: Int32 = 130
}
