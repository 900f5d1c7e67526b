import Language
import VisionEngine

private let run = """
    let data = try FashionMNIST().train.prefix(64), model = LeNet()
    let history = fit(model, train: data)

    """

/// What a run was, and whether it comes out the same again.
@RowBuilder func replayRows() -> [Binding] {
    Binding.function(
        "replay", arg("history", History.self, label: nil),
        summary:
            "Trains once more as a run did, and says whether it comes out the same, bit for bit.",
        example: run + "replay(history).isIdentical"
    ) { history in try replay(history) }
    Binding.function(
        "replay", arg("capsule", Capsule.self, label: nil),
        arg("body", RunFunction.self, label: nil, "calls fit as the run did"),
        summary: "Runs a closure that calls fit, and says whether it does what a run did.",
        example: run + "replay(history.capsule) { fit(model, train: data) }"
    ) { capsule, body in try replay(capsule) { try body.call() } }
    Binding.property(
        "capsule", of: History.self,
        summary: "All that the run was: seed, threads, versions, data and recipe, as digests.",
        example: run + "history.capsule"
    ) { try $0.capsule }
    Binding.initializer(
        of: Capsule.self, arg("path", String.self, label: nil),
        summary: "A capsule from a file.",
        example: run + "history.capsule.save(\"run.json\")\nCapsule(\"run.json\").steps"
    ) { path in try Capsule(path) }
    Binding.action(
        "save", of: Capsule.self, arg("path", String.self, label: nil),
        summary: "Writes the capsule to a JSON file.",
        example: run + "history.capsule.save(\"run.json\")"
    ) { capsule, path in try capsule.save(path) }
    let capsule = run + "let capsule = history.capsule\n"
    Binding.property(
        "steps", of: Capsule.self, summary: "How many steps the run had.",
        example: capsule + "capsule.steps"
    ) { $0.steps }
    Binding.property(
        "threads", of: Capsule.self, summary: "How many threads computed.",
        example: capsule + "capsule.threads"
    ) { $0.threads }
    Binding.property(
        "dataDigest", of: Capsule.self,
        summary: "A digest of all pictures and labels, in the order in which they were seen.",
        example: capsule + "capsule.dataDigest"
    ) { $0.dataDigest }
    Binding.property(
        "modelDigest", of: Capsule.self, summary: "A digest of the model at the end.",
        example: capsule + "capsule.modelDigest"
    ) { $0.modelDigest }
    let again = run + "let again = replay(history)\n"
    Binding.property(
        "isIdentical", of: Replay.self, summary: "Whether everything was the same, bit for bit.",
        example: again + "again.isIdentical"
    ) { $0.isIdentical }
    Binding.property(
        "difference", of: Replay.self, summary: "The first thing that differs.",
        example: again + "again.difference"
    ) { $0.difference }
    Binding.property(
        "steps", of: Replay.self, summary: "How many steps were the same.",
        example: again + "again.steps"
    ) { $0.steps }
    Binding.property(
        "notes", of: Replay.self, summary: "Threads, libraries and kernels that are others here.",
        example: again + "again.notes"
    ) { $0.notes }
}

/// The types of kept and repeated runs.
func replayTypes() -> [ForeignType] {
    [
        ForeignType("Capsule", Capsule.self, summary: "All that a run was, as digests."),
        ForeignType("Replay", Replay.self, summary: "Whether a run came out the same again."),
    ]
}

extension Capsule: ForeignConvertible {
    public static var foreignName: String { "Capsule" }
}

extension Replay: ForeignConvertible {
    public static var foreignName: String { "Replay" }
}

/// A closure that trains: `{ fit(model, train: data.train) }`.
struct RunFunction: ScriptConvertible {
    private let function: ScriptFunction

    static var scriptType: ScriptType { .function([], .named("History")) }

    static func fromScript(_ value: Value) -> RunFunction? {
        ScriptFunction.fromScript(value).map { RunFunction(function: $0) }
    }

    var scriptValue: Value { function.scriptValue }

    func call() throws -> History {
        let value = try runningScript { try function.call([]) }
        guard let history = History.fromScript(value) else {
            throw TensorError(
                .value, "replay", "the closure gives no history",
                expected: "a call of fit as its last line", got: "\(value.dynamicType)")
        }
        return history
    }
}
