import Logging
import Sessions

/// Writes warnings and worse to a descriptor: the kernel's own standard error belongs to its cells.
struct DescriptorLog: LogHandler {
    let descriptor: Int32
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.warning

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let line = "[visionkernel] \(event.level): \(event.message)\n"
        TextFile.writeAll(Array(line.utf8), to: descriptor)
    }
}
