import Language
import ScriptTesting
import Testing
import VisionBindings

/// Every script of `Scripts`, which use the vision library, does what its comments say.
@Suite struct ScriptTests {
    static let folder = ScriptFolder(beside: #filePath)

    @Test(arguments: folder.names) func doesWhatItExpects(_ name: String) throws {
        for (number, source) in try Self.folder.programs(in: name).enumerated() {
            for difference in ScriptRun(source, library: visionLibrary).differences {
                Issue.record("\(name), program \(number + 1): \(difference)\n\(source)")
            }
        }
    }
}
