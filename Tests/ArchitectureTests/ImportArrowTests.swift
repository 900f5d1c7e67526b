import Foundation
import Testing

/// What each target may import of ours: the arrows of the README's architecture section.
private let direct: [String: Set<String>] = [
    "Hosting": [],
    "OneDNN": ["COneDNN", "COpenMP"],
    "Tensors": ["OneDNN", "Hosting", "CZlib"],
    "NeuralNetworks": ["Tensors", "Hosting"],
    "Plots": ["Hosting", "CCairo"],
    "VisionData": [
        "Tensors", "Plots", "Hosting", "CJPEG", "CSpng", "CWebP", "CGIF", "CTIFF", "CZlib",
        "CDeflate",
    ],
    "VisionModels": ["NeuralNetworks", "VisionData", "Plots", "CCurl", "CSodium"],
    "Training": ["NeuralNetworks", "VisionData", "Plots"],
    "Analysis": ["Training", "VisionModels"],
    "VisionEngine": ["Analysis"],
    "Language": ["SwiftParser", "SwiftSyntax", "Hosting"],
    "VisionBindings": ["Language", "VisionEngine"],
    "Sessions": ["Language", "CSQLite"],
    "NotebookRunner": ["Sessions", "CYAML", "CMarkdown"],
    "LanguageReference": ["Sessions"],
    "JupyterProtocol": ["CSodium"],
    "JupyterKernel": ["Sessions", "JupyterProtocol"],
    "ZeroMQTransport": ["JupyterProtocol", "CZeroMQ"],
    "LineEditor": ["CReadline"],
    "visionrepl": ["Sessions", "LineEditor", "VisionBindings", "ArgumentParser"],
    "visionkernel": [
        "JupyterKernel", "ZeroMQTransport", "NotebookRunner", "LanguageReference", "VisionBindings",
        "ArgumentParser", "Logging",
    ],
]

/// Libraries of C and of parsing: only the target that names them may import them. What a target
/// of ours imports reaches the targets above it, these do not.
private let foreign = Set(direct.values.flatMap(\.self).filter { direct[$0] == nil })

private let system: Set<String> = [
    "Foundation", "FoundationEssentials", "Glibc", "Synchronization", "Dispatch", "Swift",
]

private func allowed(for target: String) -> Set<String> {
    var result = direct[target] ?? []
    var pending = result.filter { direct[$0] != nil }
    while let next = pending.popFirst() {
        for reached in direct[next] ?? [] where !foreign.contains(reached) {
            if result.insert(reached).inserted { pending.insert(reached) }
        }
    }
    return result.union(system)
}

private func imports(in path: String) throws -> [String] {
    try Repository.lines(of: path).compactMap { line in
        var words = line.split(separator: " ")
        guard let keyword = words.firstIndex(of: "import"),
            words[..<keyword].allSatisfy({ $0.hasPrefix("@") || $0 == "public" })
        else { return nil }
        words.removeFirst(keyword + 1)
        if let kind = words.first, ["struct", "class", "enum", "func"].contains(kind) {
            words.removeFirst()
        }
        return words.first.map { String($0.prefix { $0 != "." }) }
    }
}

@Suite struct ImportArrowTests {
    @Test func everyTargetImportsOnlyWhatStandsBelowIt() throws {
        let files = Repository.swiftFiles(under: "Sources")
        try #require(files.count > 50)
        for file in files {
            let target = String(file.split(separator: "/")[1])
            try #require(direct[target] != nil, "no arrows are declared for \(target)")
            for name in try imports(in: file) where !allowed(for: target).contains(name) {
                Issue.record("\(file) imports \(name), which \(target) may not")
            }
        }
    }

    @Test func theTestSeesAnArrowThatPointsUp() {
        #expect(!allowed(for: "Tensors").contains("Language"))
        #expect(!allowed(for: "Tensors").contains("COneDNN"))
        #expect(!allowed(for: "VisionEngine").contains("VisionBindings"))
        #expect(allowed(for: "Training").contains("Hosting"))
    }
}
