import Tensors

extension Layer {
    /// Every parameter and buffer of this layer and the layers inside it, each once, with its full
    /// name: `0.weight`, `conv2.bias`, `layer1.bn.running_mean`.
    public var namedState: [(name: String, parameter: Parameter)] {
        var seen: Set<ObjectIdentifier> = []
        var state: [(name: String, parameter: Parameter)] = []
        collectState(prefix: "", seen: &seen, into: &state)
        return state
    }

    /// The weights that training changes, and those that are frozen: everything but the buffers.
    public var weights: [Parameter] { namedWeights.map(\.parameter) }

    /// The same with their full names.
    public var namedWeights: [(name: String, parameter: Parameter)] {
        namedState.filter { $0.parameter.kind == .weight }
    }

    /// The weights with their names, in the order of the layers.
    ///
    ///     for (name, value) in model.parameters { print(name, value.shape) }
    public var parameters: [(name: String, value: Tensor)] {
        namedState.filter { $0.parameter.kind == .weight }.map { ($0.name, $0.parameter.value) }
    }

    /// How many numbers the weights hold together, shared ones once.
    public var parameterCount: Int {
        namedState.reduce(0) { $0 + ($1.parameter.kind == .weight ? $1.parameter.count : 0) }
    }

    /// The weight or buffer with a full name: `try model["conv2.weight"]`.
    ///
    /// Throws where there is none, naming the closest one.
    public subscript(name: String) -> Tensor {
        get throws { try parameter(named: name).value }
    }

    /// The parameter object with a full name, which can be assigned a new value or frozen alone.
    public func parameter(named name: String) throws -> Parameter {
        let state = namedState
        if let found = state.first(where: { $0.name == name }) { return found.parameter }
        let names = state.map(\.name)
        let expected: String
        if names.isEmpty {
            expected = "a layer with parameters"
        } else if let near = closest(to: name, of: names, within: 3) {
            expected = "perhaps \"\(near)\""
        } else {
            expected =
                "one of " + names.prefix(6).joined(separator: ", ")
                + (names.count > 6 ? ", ... (\(names.count))" : "")
        }
        throw LayerError(
            layer: kind, problem: "there is no parameter of that name", expected: expected,
            got: "\"\(name)\"")
    }

    /// Stops training of this layer: its weights get no gradient, its statistics stand still.
    public func freeze() { setTrainable(false) }

    /// Undoes `freeze()`.
    public func unfreeze() { setTrainable(true) }

    /// Lets training change a layer inside the model and every layer after it, in the order of
    /// `children`; those before it stay as they are.
    ///
    ///     net.freeze()
    ///     try net.unfreeze(from: "layer4")    // or "layer4.1", a layer inside it
    ///
    /// Throws where there is no layer of that name, naming the closest one.
    public func unfreeze(from name: String) throws {
        var isReached = false
        var names: [String] = []
        unfreeze(from: name, prefix: "", isReached: &isReached, &names)
        guard !isReached else { return }
        throw LayerError(
            layer: kind, problem: "there is no layer of that name",
            expected: closest(to: name, of: names, within: 2).map { "perhaps \"\($0)\"" }
                ?? "one of \(children.map(\.name).joined(separator: ", ")), or one inside them",
            got: "\"\(name)\"")
    }

    private func unfreeze(
        from name: String, prefix: String, isReached: inout Bool, _ names: inout [String]
    ) {
        if isReached {
            for (_, parameter) in ownParameters { parameter.isTrainable = true }
        }
        for (childName, child) in children {
            let path = prefix + childName
            names.append(path)
            if path == name { isReached = true }
            child.unfreeze(from: name, prefix: path + ".", isReached: &isReached, &names)
        }
    }

    /// Forgets the gradients, which otherwise add up from one `backward()` to the next.
    public func zeroGradients() {
        for (_, parameter) in namedState { parameter.zeroGradient() }
    }

    private func setTrainable(_ trainable: Bool) {
        for (_, parameter) in namedState { parameter.isTrainable = trainable }
    }

    private func collectState(
        prefix: String, seen: inout Set<ObjectIdentifier>,
        into state: inout [(name: String, parameter: Parameter)]
    ) {
        for (name, parameter) in ownParameters
        where seen.insert(ObjectIdentifier(parameter)).inserted {
            state.append((prefix + name, parameter))
        }
        for (name, layer) in children {
            layer.collectState(prefix: "\(prefix)\(name).", seen: &seen, into: &state)
        }
    }
}

/// The name that takes the fewest changes to become `name`, where so many are enough.
func closest(to name: String, of names: [String], within distance: Int) -> String? {
    let near = names.map { (name: $0, distance: editDistance($0, name)) }
        .min { $0.distance < $1.distance }
    return near.flatMap { $0.distance <= distance ? $0.name : nil }
}

/// The number of insertions, deletions and substitutions between two names.
func editDistance(_ a: String, _ b: String) -> Int {
    let a = Array(a.utf8)
    let b = Array(b.utf8)
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, y) in b.enumerated() {
            let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
            diagonal = row[j + 1]
            row[j + 1] = next
        }
    }
    return row[b.count]
}
