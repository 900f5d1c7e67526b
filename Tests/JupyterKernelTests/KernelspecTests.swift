import Foundation
import JupyterKernel
import Testing

@Suite struct KernelspecTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "kernelspec-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func anInstalledSpecStartsThisExecutable() throws {
        try withFolder { folder in
            let checkout = URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
            let executable = checkout.path + "/.build/none/vision \"kernel\""
            let spec = try Kernelspec(forExecutable: executable)
            for _ in 1...2 {
                let installed = try spec.install(jupyterFolder: folder, executable: executable)
                #expect(installed == folder + "/kernels/swift-vision")
                let data = try Data(contentsOf: URL(filePath: installed + "/kernel.json"))
                let json = try #require(
                    try JSONSerialization.jsonObject(with: data) as? [String: Any])
                #expect(
                    json["argv"] as? [String]
                        == [executable, "start", "--connection-file", "{connection_file}"])
                #expect(json["language"] as? String == "swift")
                #expect(json["interrupt_mode"] as? String == "message")
                for logo in ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"] {
                    #expect(FileManager.default.fileExists(atPath: "\(installed)/\(logo)"))
                }
            }
        }
    }

    @Test func anInstalledCopyFindsWhatWasInstalledWithIt() throws {
        try withFolder { folder in
            let share = folder + "/share/swift-vision"
            try FileManager.default.createDirectory(
                atPath: share, withIntermediateDirectories: true)
            try Data("{}".utf8).write(to: URL(filePath: share + "/kernel.json"))
            let spec = try Kernelspec(forExecutable: folder + "/bin/visionkernel")
            #expect(spec.resources == share)
        }
    }

    @Test func aLauncherBesideTheExecutableComesFirst() throws {
        try withFolder { folder in
            let template = #"{"argv": ["{executable}", "start"]}"#
            let files = FileManager.default
            for name in ["bin", "share/swift-vision"] {
                try files.createDirectory(
                    atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
            }
            let share = folder + "/share/swift-vision"
            try Data(template.utf8).write(to: URL(filePath: share + "/kernel.json"))
            for logo in ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"] {
                try Data().write(to: URL(filePath: "\(share)/\(logo)"))
            }
            let launcher = folder + "/bin/visionkernellauncher"
            files.createFile(
                atPath: launcher, contents: Data(), attributes: [.posixPermissions: 0o755])
            let executable = folder + "/bin/visionkernel"
            let installed = try Kernelspec(forExecutable: executable)
                .install(jupyterFolder: folder, executable: executable)
            let text = try String(contentsOfFile: installed + "/kernel.json", encoding: .utf8)
            #expect(text == #"{"argv": ["\#(launcher)", "\#(executable)", "start"]}"#)
        }
    }

    @Test func withoutATemplateItSaysWhereOneBelongs() {
        #expect(
            throws: KernelError(
                "install: no kernel.json belongs to /nowhere/bin/visionkernel, expected "
                    + "/nowhere/share/swift-vision/kernel.json")
        ) { try Kernelspec(forExecutable: "/nowhere/bin/visionkernel") }
    }
}
