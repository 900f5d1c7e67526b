import FoundationEssentials
import Glibc
import Tensors

/// What a checkpoint holds: tensors, and a record of where the run is.
struct CheckpointFile {
    /// Where a run is, apart from its tensors.
    struct Record: Codable {
        /// Names and values of all that must be the same when the run goes on.
        var settings: [[String]]
        /// The state of the random numbers.
        var generator: [UInt64]
        /// Steps done.
        var step: Int
        /// What the order of the epoch under way is drawn from; `nil` between epochs.
        var order: UInt64?
        /// How many pictures of that epoch are done, and its means so far.
        var done: Int
        var sums: [Double]
        var weight: Double
        var seconds: Double
        var epochs: [History.Epoch]
        var stepLosses: [Double]
        /// How often the average was updated, where there is one.
        var averageUpdates: Int?
        /// What the run was so far, and what was looked at.
        var capsule: Capsule?
        var statistics: [StepStatistics]?
    }

    var record: Record
    /// By names that begin with `model/`, `optimizer/`, `average/` or `best/`.
    var tensors: [String: Tensor]

    private static let key = "checkpoint"

    /// Writes the file whole or not at all.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        encoder.outputFormatting = [.sortedKeys]
        let text = String(decoding: try encoder.encode(record), as: UTF8.self)
        try Safetensors(tensors, metadata: [Self.key: text]).write(to: path)
    }

    init(record: Record, tensors: [String: Tensor]) {
        self.record = record
        self.tensors = tensors
    }

    /// What is in a file; `nil` where there is none. Throws where it is damaged or something else.
    init?(contentsOf path: String) throws {
        guard access(path, F_OK) == 0 else { return nil }
        do {
            let file = try Safetensors(contentsOf: path)
            guard let text = file.metadata[Self.key] else {
                throw TrainingError("it holds weights and no run")
            }
            let decoder = JSONDecoder()
            decoder.nonConformingFloatDecodingStrategy = .convertFromString(
                positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
            tensors = file.tensors
            do {
                record = try decoder.decode(Record.self, from: Data(text.utf8))
            } catch is DecodingError {
                throw TrainingError("its record of the run is damaged")
            }
        } catch {
            guard !(error is CancellationError) else { throw error }
            if let error = error as? TensorError { throw Self.unusable(path, error.description) }
            if let error = error as? TrainingError { throw Self.unusable(path, error.description) }
            throw error
        }
    }

    /// The tensors whose names begin with `prefix/`, without it.
    func part(_ prefix: String) -> [String: Tensor] {
        var part: [String: Tensor] = [:]
        for (name, tensor) in tensors where name.hasPrefix(prefix + "/") {
            part[String(name.dropFirst(prefix.count + 1))] = tensor
        }
        return part
    }

    /// The error of a file that no run can go on from.
    static func unusable(_ path: String, _ reason: String) -> TrainingError {
        TrainingError(
            "fit: cannot go on from the checkpoint \"\(path)\": \(reason); delete it to begin anew")
    }
}
