import Foundation
import Testing

@Suite struct SourceFormTests {
    private var files: [String] {
        ["Sources", "Tests", "Benchmarks"].flatMap(Repository.swiftFiles)
    }

    @Test func noFileIsLongerThan600Lines() throws {
        for file in files {
            let count = try Repository.lines(of: file).count
            #expect(count <= 600, "\(file) has \(count) lines: split it by concept")
        }
    }

    @Test func sourcesCarryNoUnfinishedMarksAndNoTrapsOnErrors() throws {
        let marks = ["TODO", "FIXME", "XXX", "try!", "not implemented", "not yet implemented"]
        for file in Repository.swiftFiles(under: "Sources") {
            for (number, line) in try Repository.lines(of: file).enumerated() {
                for mark in marks where line.contains(mark) {
                    Issue.record("\(file):\(number + 1) contains '\(mark)'")
                }
            }
        }
    }

    @Test func everyFileIsFormatted() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.currentDirectoryURL = Repository.root
        process.arguments =
            ["swift", "format", "lint", "--strict", "--parallel", "Package.swift"]
            + files.filter { !$0.contains("/Scripts/") }
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let data = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let findings = String(decoding: data, as: UTF8.self).split(separator: "\n").prefix(20)
        #expect(
            process.terminationStatus == 0,
            "run `make format`:\n\(findings.joined(separator: "\n"))")
    }
}
