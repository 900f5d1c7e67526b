import Language
import VisionEngine

// The names under which a script sees the engine's errors.

extension TensorError: ScriptFault {
    public var faultName: String {
        switch kind {
        case .shape: "ShapeError"
        case .dtype: "DTypeError"
        case .index: "IndexError"
        case .memory: "MemoryError"
        case .value: "ValueError"
        case .gradient: "GradientError"
        case .io: "FileError"
        case .engine: "EngineError"
        }
    }

    public var scriptOrigin: ScriptError? { origin as? ScriptError }
}

extension ModelError: ScriptFault {
    public var faultName: String { error.faultName }
    public var scriptOrigin: ScriptError? { error.scriptOrigin }
}

/// Runs code of a script for the engine. An error of a tensor operation in it goes on as itself, so
/// that the layers around can say where they are, and keeps the place in the script.
func runningScript<R>(_ body: () throws -> R) throws -> R {
    do {
        return try body()
    } catch {
        guard let report = ScriptError(from: error), var inner = report.underlying as? TensorError
        else { throw error }
        inner.origin = inner.origin ?? report
        throw inner
    }
}

extension LayerError: ScriptFault {
    public var faultName: String { "ValueError" }
}

extension WeightsError: ScriptFault {
    public var faultName: String { "WeightsError" }
}

extension TrainingError: ScriptFault {
    public var faultName: String { "ValueError" }
}

extension ImageError: ScriptFault {
    public var faultName: String {
        switch kind {
        case .missing, .file: "FileError"
        case .argument: "ValueError"
        case .tooLarge: "MemoryError"
        case .notAnImage, .truncated, .corrupt, .unsupported: "ImageError"
        }
    }
}

extension PlotError: ScriptFault {
    public var faultName: String { "PlotError" }
}

extension DatasetError: ScriptFault {
    public var faultName: String {
        switch kind {
        case .missing: "FileError"
        case .argument: "ValueError"
        case .corrupt: "DatasetError"
        }
    }
}
