import FoundationEssentials
import Hosting
import VisionData

/// The names of ImageNet's 1,000 classes, from the package that `make data` fetches.
enum ImageNetClasses {
    private static let file = "imagenet1k_label_to_names.json"

    /// The names in the order of the networks' outputs, the usual one of several; none where the
    /// file is not here, which is said among the run's messages.
    static func names() -> [String] {
        let path = DataFolder.path("imagenet_classes") + "/" + file
        guard let data = FileManager.default.contents(atPath: path),
            let names = try? JSONDecoder().decode([String: String].self, from: data)
        else {
            Host.current.output.emit(
                .text(
                    "pretrained: the names of ImageNet's classes are not on this machine, so "
                        + "classes are numbers; `make data` fetches them\n", stream: .standardError)
            )
            return []
        }
        return (0..<names.count).map { index in
            let all = names["\(index)"] ?? "\(index)"
            return all.split(separator: ",").first.map(String.init) ?? all
        }
    }
}
