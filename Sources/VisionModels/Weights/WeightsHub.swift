import Glibc
import Hosting
import VisionData

/// Where the files of published weights are: in a folder on this machine, or on the network.
///
/// The environment decides: `VISION_CACHE` names the folder (`~/.cache/swift-vision/weights`
/// otherwise), `VISION_HUB` a mirror that has the files under their names, `VISION_OFFLINE=1` keeps
/// everything from the network.
package struct WeightsHub: Sendable {
    /// The folder that downloads go to.
    package var cache: String
    /// What stands in front of a file's name in place of its own address.
    package var mirror: String?
    package var isOffline = false
    /// Other folders that may have a file: PyTorch's.
    package var others: [String] = []
    package var patience = Download.Patience()

    /// Files in a folder, and on the network at their own addresses.
    package init(cache: String) { self.cache = cache }

    /// What the environment says.
    package static var environment: WeightsHub {
        let own = UserFolder.path("XDG_CACHE_HOME", orBelowHome: ".cache") ?? "."
        let torch =
            variable("TORCH_HOME")
            ?? (variable("XDG_CACHE_HOME") ?? (variable("HOME") ?? ".") + "/.cache") + "/torch"
        var hub = WeightsHub(cache: variable("VISION_CACHE") ?? own + "/weights")
        hub.mirror = variable("VISION_HUB")
        hub.isOffline = ["1", "true", "yes"].contains(variable("VISION_OFFLINE") ?? "")
        hub.others = [torch + "/hub/checkpoints"]
        return hub
    }

    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// The path of a file that has the published digest, fetched where it is not here.
    ///
    /// Throws a `HubError` that says where to put the file where it cannot be had.
    package func file(of weights: PublishedWeights) throws -> String {
        let path = "\(cache)/\(weights.file)"
        // What lies there was checked when it came.
        if access(path, F_OK) == 0 { return path }
        let folders = (weights.dataFolder.map { [DataFolder.path($0)] } ?? []) + others
        let places = folders.map { "\($0)/\(weights.file)" }
        if let found = places.first(where: { access($0, F_OK) == 0 }) {
            guard try FileDigest.sha256(found).hasPrefix(weights.digest) else {
                throw HubError(
                    .damaged,
                    "\(found) is another file than the published one, expected SHA-256 "
                        + "\(weights.digest)\(weights.digest.count < 64 ? "..." : "")")
            }
            return found
        }
        guard let url = mirror.map({ address($0, weights.file) }) ?? weights.url else {
            throw HubError(
                .unavailable,
                "the weights '\(weights.name)' are not on this machine: `make data` fetches them, "
                    + "or put \(weights.file) into \(cache)")
        }
        guard !isOffline else {
            throw HubError(
                .unavailable,
                "the weights '\(weights.name)' are not on this machine and VISION_OFFLINE is set: "
                    + "put \(url) into \(cache)")
        }
        try makeFolder(cache)
        try Download(url: url, path: path, digest: weights.digest, patience: patience).run()
        return path
    }

    private func address(_ mirror: String, _ file: String) -> String {
        (mirror.hasSuffix("/") ? mirror : mirror + "/") + file
    }

    /// Makes a folder and those above it.
    private func makeFolder(_ path: String) throws {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/\(part)"
            guard mkdir(made, 0o777) == 0 || errno == EEXIST else {
                throw HubError(
                    .unavailable,
                    "cannot make the folder \(made): \(String(cString: strerror(errno)))")
            }
        }
    }
}
