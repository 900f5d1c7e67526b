import Foundation
import Language
import ScriptTesting
import Testing

/// Programs made from the script tests at random end in a result or in an error.
///
/// A crash or a hang leaves the program in `mutant.swift` of the temporary folder. `make fuzz` runs
/// many more: `VISION_MUTANTS` says how many, `VISION_MUTANT_SEED` which.
@Suite struct MutationTests {
    @Test func mutantsEndInAResultOrAnError() throws {
        let environment = ProcessInfo.processInfo.environment
        let count = environment["VISION_MUTANTS"].flatMap { Int($0) } ?? 1_000
        let seed = environment["VISION_MUTANT_SEED"].flatMap { UInt64($0) } ?? 1
        let folder = ScriptFolder(beside: #filePath)
        let programs = try folder.names.flatMap(folder.programs)
        var mutator = ScriptMutator(programs: programs, seed: seed)
        let guarded = GuardedRun(
            library: Library(), file: NSTemporaryDirectory() + "mutant.swift")
        #expect(try guarded.run(count, from: &mutator) > count * 9 / 10)
    }

    /// What earlier runs of `make fuzz` found.
    @Test func earlierFindingsEndInAResultOrAnError() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../Fuzzing/Findings")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        let guarded = GuardedRun(library: Library(), file: NSTemporaryDirectory() + "mutant.swift")
        for file in files {
            try guarded.run(String(decoding: Data(contentsOf: file), as: UTF8.self))
        }
        #expect(!files.isEmpty)
    }
}
