import Hosting
import Tensors

extension Layer {
    /// Writes all weights and buffers, with what the model knows of its data, as safetensors.
    ///
    /// PyTorch reads the file with `safetensors.torch.load_file`. Throws where the file cannot be
    /// written.
    public func save(_ path: String) throws {
        var tensors: [String: Tensor] = [:]
        for (name, parameter) in namedState { tensors[name] = parameter.value }
        var metadata = try info?.metadata() ?? [:]
        metadata["format"] = "pt"
        try Safetensors(tensors, metadata: metadata).write(to: path)
    }

    /// Reads weights and buffers by name: from a `.safetensors` file, from what `torch.save` wrote
    /// (`.pth`, `.pt`), from `.npz` or from an `.onnx` model. The names may be the model's own, or
    /// those that torchvision, timm or Hugging Face give to the same network.
    ///
    ///     try model.load("resnet18.pth")
    ///     try model.load("vit.safetensors", adapting: true)
    ///
    /// With `adapting`, weights of the same network for another size of images, another number of
    /// channels or other classes are made to fit: position embeddings are resampled, the first
    /// convolution's channels are summed or repeated, and a head for other classes stays as it is.
    ///
    /// Large weights of a safetensors file stay in it until they are first used. The file may be
    /// replaced or deleted meanwhile; where it was written to, their first use throws a `TensorError`.
    ///
    /// Throws a `WeightsError`, leaving the model as it was, where a shape differs and, if `strict`,
    /// where a name is missing in the file or unknown to the model. Without `strict` what fits is
    /// read; the report, which is also printed among the run's messages, names the rest.
    @discardableResult
    public func load(
        _ path: String, strict: Bool = true, adapting: Bool = false
    ) throws -> WeightsReport {
        let file = try NamedTensors(contentsOf: path, lazily: true)
        let report = try load(
            file.tensors, strict: strict, adapting: adapting, source: "\"\(path)\"")
        if let info = ModelInfo(metadata: file.metadata) {
            let isAdapted = !report.adapted.isEmpty
            self.info = isAdapted ? nil : info
        }
        if !report.isComplete || !report.adapted.isEmpty {
            Host.current.output.emit(
                .text("load: \(path):\n\(report.description)\n", stream: .standardError))
        }
        return report
    }

    /// Takes weights and buffers from a dictionary, by name; the same rules as for a file.
    @discardableResult
    public func load(
        _ tensors: [String: Tensor], strict: Bool = true, adapting: Bool = false,
        source: String = "the dictionary"
    ) throws -> WeightsReport {
        let state = namedState
        let (tensors, report) = try matched(tensors, state, adapting: adapting)
        guard report.mismatched.isEmpty, !strict || report.isComplete else {
            throw WeightsError(source: source, model: kind, report: report)
        }
        let values = try state.compactMap { name, parameter in
            try tensors[name].map { (parameter, try $0.cast(to: parameter.dtype)) }
        }
        for (parameter, value) in values { parameter.value = value }
        return report
    }

    /// How tensors would fit, without taking them.
    package func fit(of tensors: [String: Tensor]) throws -> WeightsReport {
        try matched(tensors, namedState, adapting: false).report
    }

    /// The tensors under the model's names, and how they fit.
    private func matched(
        _ tensors: [String: Tensor], _ state: [(name: String, parameter: Parameter)], adapting: Bool
    ) throws -> (tensors: [String: Tensor], report: WeightsReport) {
        let shapes = Dictionary(state.map { ($0.name, $0.parameter.shape) }) { first, _ in first }
        var report = WeightsReport()
        var tensors = tensors
        if let convention = WeightConvention.best(for: tensors, model: shapes) {
            tensors = try convention.translated(tensors, model: shapes)
            report.convention = convention.name
        }
        if adapting { try WeightAdaptation(model: shapes).adapt(&tensors, &report) }
        let kept = report.kept
        // Files from before PyTorch 0.4.1 have no counters of batches.
        report.missing = state.map(\.name).filter {
            tensors[$0] == nil && !kept.contains($0) && !$0.hasSuffix("num_batches_tracked")
        }
        report.unexpected = tensors.keys.filter { shapes[$0] == nil }.sorted()
        report.mismatched = state.compactMap { name, parameter in
            guard let tensor = tensors[name], tensor.shape != parameter.shape else { return nil }
            return (name, parameter.shape, tensor.shape)
        }
        return (tensors, report)
    }
}
