import Foundation
import Language
import ScriptTesting
import Testing
import VisionBindings
import VisionEngine

/// Programs made at random from the scripts that use the vision library end in a result or in an
/// error. As the language's own `MutationTests`; the program under way stands in
/// `vision-mutant.swift` of the temporary folder.
@Suite struct MutationTests {
    @Test func mutantsEndInAResultOrAnError() throws {
        let environment = ProcessInfo.processInfo.environment
        let count = (environment["VISION_MUTANTS"].flatMap { Int($0) } ?? 3_000) / 10
        let seed = environment["VISION_MUTANT_SEED"].flatMap { UInt64($0) } ?? 1
        _ = Session()
        let folder = ScriptFolder(beside: #filePath)
        // What needs the data set takes long, and what it does is done by the engine.
        let programs = try folder.names.flatMap(folder.programs).filter {
            !$0.contains("FashionMNIST")
        }
        let budget = Memory.budget
        Memory.budget = 1 << 30
        defer { Memory.budget = budget }
        var mutator = ScriptMutator(programs: programs, seed: seed)
        let guarded = GuardedRun(
            library: visionLibrary, file: NSTemporaryDirectory() + "vision-mutant.swift")
        #expect(try guarded.run(count, from: &mutator) > count * 9 / 10)
    }
}
