import ArgumentParser
import LanguageReference
import Sessions
import VisionBindings

/// Writes the language's reference.
struct ReferencePages: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference",
        abstract: "Write the language's reference, a page for each name, as a DocC catalog.",
        discussion: "Every example is run, and what it gives is shown; 'make docs' uses it.")

    @Argument(help: ArgumentHelp("The catalog, a folder that is made anew.", valueName: "x.docc"))
    var folder: String

    func validate() throws {
        guard folder.hasSuffix(".docc") else {
            throw ValidationError("expected a name that ends in .docc, got '\(folder)'")
        }
    }

    func run() throws {
        let catalog = try ReferenceCatalog(groups: visionRowGroups(), types: visionLibrary.types)
        let examples = ExampleRun(library: visionLibrary)
        let count = try catalog.write(to: folder) { try examples.outputs(of: $0) }
        print("wrote \(count) pages to \(folder)")
    }
}
