import Hosting
import OneDNN

extension Tensor {
    /// Whether `backward()` should leave the gradient with respect to this tensor in `gradient`.
    ///
    /// Set it on tensors that were made, not computed; integer tensors ignore it.
    public var requiresGradient: Bool {
        get { handle.requiresGradient }
        nonmutating set {
            guard dtype.isFloatingPoint, !isSymbolic else { return }
            handle.requiresGradient = newValue
        }
    }

    /// Whether it has, or was computed from something that has, `requiresGradient`.
    public var isTracked: Bool { handle.isTracked }

    /// What `backward()` left here; calls add up until `clearGradient()`.
    public var gradient: Tensor? { handle.gradient }

    /// Sets `gradient` to `nil`, so that the next `backward()` begins anew.
    public func clearGradient() { handle.gradient = nil }

    /// Replaces the gradient, as clipping and accumulation do. The shape must be this tensor's.
    public func setGradient(_ gradient: Tensor?) throws {
        if let gradient, gradient.shape != shape {
            throw TensorError(
                .shape, "setGradient", "the gradient has another shape", expected: "\(shape)",
                got: "\(gradient.shape)", operands: [spec, gradient.spec])
        }
        handle.gradient = gradient
    }

    /// The same elements, cut off from the tape.
    public func detached() -> Tensor {
        meaning(handle.meaning)
    }

    /// Computes the gradient of this one-element tensor with respect to every tensor with
    /// `requiresGradient` that it was computed from, and adds it to their `gradient`.
    ///
    ///     let x = try Tensor([1, 2, 3])
    ///     x.requiresGradient = true
    ///     try Tensor.multiplying(x, x).sum().backward()
    ///     x.gradient  // [2, 4, 6]
    ///
    /// The tape is freed on the way; an interrupt leaves the gradients found so far. Throws when
    /// the tensor has more than one element, or nothing it was computed from needs a gradient.
    public func backward() throws {
        guard count == 1 else {
            throw TensorError(
                .gradient, "backward", "only a tensor of one element has a gradient by itself",
                expected: "a scalar such as a loss (use sum() or mean() first)",
                got: "shape \(shape)", operands: [spec])
        }
        try backward(from: Tensor.ones(shape, dtype: dtype))
    }

    /// Computes gradients as `backward()` does, from a given gradient of this tensor.
    public func backward(from gradient: Tensor) throws {
        guard gradient.shape == shape else {
            throw TensorError(
                .shape, "backward", "the given gradient has another shape", expected: "\(shape)",
                got: "\(gradient.shape)", operands: [spec, gradient.spec])
        }
        guard !isSymbolic else {
            throw TensorError(
                .gradient, "backward", "a symbolic tensor has no elements",
                expected: "a tensor with elements", got: "\(spec)", operands: [spec])
        }
        guard let root = handle.node else {
            guard handle.requiresGradient else {
                throw TensorError(
                    .gradient, "backward", "nothing it was computed from requires a gradient",
                    expected: "requiresGradient = true on some input, outside withoutGradient",
                    got: "\(spec)", operands: [spec])
            }
            return try handle.accumulate(gradient)
        }
        let context = Context.current
        try context.withoutGradient {
            try context.withTrace(nil) {
                try root.propagate(gradient, output: handle.outputIndex)
            }
        }
    }
}

extension TensorHandle {
    fileprivate func accumulate(_ addition: Tensor) throws {
        guard var sum = gradient.take() else {
            gradient = addition
            return
        }
        defer { gradient = sum }
        try sum.accumulate(addition)
    }
}

extension Tensor {
    /// Adds a tensor of the same shape and type, in place where nobody else refers to the elements
    /// and both are kept alike.
    fileprivate mutating func accumulate(_ addition: Tensor) throws {
        if ownsElementsAlone(), !isTracked, dtype == addition.dtype,
            try representation().layout == addition.representation().layout
        {
            let pair = try ElementPair(self, addition, shape: shape) { $0 == .bothZero }
            let storage = try representation().storage
            if case .flat(leftStep: 1, rightStep: 1) = pair.walk, pair.left.storage === storage,
                pair.left.offset == 0
            {
                if dtype == .bfloat16 {
                    forEachPair(Rounded<FloatSum, BFloat16>.self, pair, storage)
                } else {
                    forEachPair(Rounded<FloatSum, Float>.self, pair, storage)
                }
                return
            }
        }
        self = try Tensor.adding(self, addition)
    }
}

extension Node {
    /// Walks the tape from this node back, last operation first.
    fileprivate func propagate(_ gradient: Tensor, output: Int) throws {
        let order = reachable()
        defer { for node in order { node.pending = [] } }
        for node in order { node.pending = node.outputSpecs.map { _ in nil } }
        pending[output] = gradient
        let cancellation = Host.current.cancellation
        let ending = Context.current.observer?.ending
        for node in order {
            try cancellation.check()
            try node.step()
            ending?(node.layerPath, true)
        }
    }

    /// This node and all before it, deepest first.
    private func reachable() -> [Node] {
        var seen: Set<ObjectIdentifier> = [ObjectIdentifier(self)]
        var found: [Node] = [self]
        var next = 0
        while next < found.count {
            for case .node(let node, _) in found[next].edges
            where seen.insert(ObjectIdentifier(node)).inserted {
                found.append(node)
            }
            next += 1
        }
        return found.sorted { $0.depth > $1.depth }
    }

    /// Hands the gathered gradients on to the inputs, and frees what was saved.
    private func step() throws {
        guard pending.contains(where: { $0 != nil }) else { return }
        guard let operation, !isReleased else {
            throw error("the tape was already used and freed", expected: "one backward() a result")
        }
        guard !hasChanged else {
            throw error(
                "a tensor it needs was changed since", expected: "backward() before the change")
        }
        let gradients: [Tensor?]
        do {
            var given = pending
            pending = []
            if operation.rectifies, Context.current.guidesGradients {
                given = try given.map { try $0?.relu() }
            }
            gradients = try shownGradients(of: operation, given)
        } catch var error as TensorError {
            if error.layerPath.isEmpty { error.layerPath = layerPath }
            throw error
        } catch let error as OneDNNError {
            var located = TensorError(error, operation: "backward of \(operation.name)")
            located.layerPath = layerPath
            throw located
        }
        for (edge, gradient) in zip(release(), gradients) {
            guard let gradient else { continue }
            switch edge {
            case .none: break
            case .leaf(let handle):
                try handle.accumulate(gradient.converted(to: handle.spec.dtype))
            case .node(let node, let output):
                let gradient = try gradient.converted(to: node.outputSpecs[output].dtype)
                guard var sum = node.pending[output].take() else {
                    node.pending[output] = gradient
                    continue
                }
                try sum.accumulate(gradient)
                node.pending[output] = sum
            }
        }
    }

    /// The gradients with respect to the inputs, shown to who observes operations.
    private func shownGradients(
        of operation: any Operation, _ given: [Tensor?]
    ) throws -> [Tensor?] {
        let context = Context.current
        guard context.watchesOperations else {
            return try operation.backward(given, inputs: inputs, outputs: outputs, needs: needs)
        }
        let gradients = try context.observing(nil) {
            try operation.backward(given, inputs: inputs, outputs: outputs, needs: needs)
        }
        try context.show(
            ComputedOperation(
                name: operation.name, layerPath: layerPath, isBackward: true,
                inputs: (given.compactMap { $0 } + inputs + outputs).filter { !$0.isSymbolic },
                outputs: gradients.compactMap { $0 }))
        return gradients
    }

    private func error(_ problem: String, expected: String) -> TensorError {
        var error = TensorError(
            .gradient, "backward", operation.map { "\($0.name): \(problem)" } ?? problem,
            expected: expected)
        error.layerPath = layerPath
        return error
    }
}
