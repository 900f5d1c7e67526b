import FoundationEssentials
import Hosting
import Tensors

/// All that a run of `fit` was: from what it began, on what it ran, and what came out of every
/// step, as digests.
///
///     let history = try fit(model, train: data.train, epochs: 3)
///     try history.capsule.save("run.json")
///     try replay(history)                 // the same again, bit for bit
///     try replay(Capsule("run.json")) { try fit(LeNet(), train: data.train, epochs: 3) }
///
/// It holds no picture and no weight: a few numbers for each step and each weight.
public struct Capsule: Sendable, Codable, Hashable {
    /// A name and a value.
    public struct Setting: Sendable, Codable, Hashable {
        /// What is set.
        public let name: String
        /// To what.
        public let value: String
    }

    /// A parameter or buffer of the model as it began.
    struct Weight: Sendable, Codable, Hashable {
        let name: String
        let shape: [Int]
        /// What its value was drawn from, where it was not loaded or trained before.
        let origin: String?
        let digest: String
        let isTrainable: Bool
    }

    /// An operation of the first step and what it gave.
    struct Operation: Sendable, Codable, Hashable {
        let label: String
        let digest: String
    }

    /// The arguments of `fit`, the model and the data, as far as they decide how the run goes.
    public internal(set) var recipe: [Setting]
    /// The state of the random numbers at the beginning.
    public internal(set) var seed: [String]
    /// How many threads computed.
    public internal(set) var threads: Int
    /// The libraries and kernels.
    public internal(set) var versions: [Setting]
    /// A digest of all pictures and labels in the order in which training saw them.
    public internal(set) var dataDigest: String
    /// A digest of the model's parameters and buffers at the end.
    public internal(set) var modelDigest: String
    var weights: [Weight]
    /// The operations of the first step, forward and backward.
    var operations: [Operation]
    /// Of every step the digests of the pictures and labels, and of the loss and the gradients.
    var inputs: [String]
    var results: [String]

    /// How many steps the run had.
    public var steps: Int { results.count }

    /// The capsule in a file that `save` wrote; throws where there is none.
    public init(_ path: String) throws {
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            self = try JSONDecoder().decode(Capsule.self, from: data)
        } catch {
            throw TrainingError(
                "Capsule: cannot read \"\(path)\": "
                    + (error is DecodingError ? "it is no capsule of a run" : "no such file"))
        }
        guard inputs.count == results.count, seed.compactMap({ UInt64($0, radix: 16) }).count == 4
        else {
            throw TrainingError("Capsule: cannot read \"\(path)\": it is damaged")
        }
    }

    init(recipe: [Setting], seed: [UInt64], weights: [Weight]) {
        self.recipe = recipe
        self.seed = seed.map(hexadecimal)
        self.weights = weights
        threads = Machine.threads
        versions = [
            Setting(name: "oneDNN", value: Machine.library),
            Setting(name: "kernels", value: Machine.kernels),
        ]
        dataDigest = ""
        modelDigest = ""
        operations = []
        inputs = []
        results = []
    }

    /// Writes the capsule to a JSON file, whole or not at all.
    public func save(_ path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do {
            try encoder.encode(self).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw TrainingError("Capsule: cannot write \"\(path)\"")
        }
    }
}

extension Capsule: CustomStringConvertible, Displayable {
    /// A line for each setting, and what else must be the same.
    public var description: String { table.text }

    /// The lines as text and as a table.
    public func mimeBundle() throws -> MIMEBundle { table.mimeBundle() }

    private var table: TextTable {
        var table = TextTable(columns: ["what", "value"], wordColumns: [0, 1])
        let drawn = weights.count { $0.origin != nil }
        let rows =
            recipe + versions + [
                Setting(name: "threads", value: "\(threads)"),
                Setting(name: "seed", value: seed.joined(separator: " ")),
                Setting(
                    name: "first weights",
                    value: drawn == weights.count
                        ? "drawn from the seed"
                        : "\(weights.count - drawn) loaded or trained before"),
                Setting(name: "data digest", value: dataDigest),
                Setting(name: "steps", value: grouped(steps)),
                Setting(name: "model digest", value: modelDigest),
            ]
        table.rows = rows.map { [$0.name, $0.value] }
        return table
    }
}

func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
