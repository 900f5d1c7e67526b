@_spi(Reflection) import Swift

/// How a struct of layers is cloned: each stored property that is a layer, a parameter or a
/// collection of layers is replaced by its own clone in a copy of the struct.
extension Layer {
    public func copy() throws -> Self {
        guard !(Self.self is AnyObject.Type) else {
            throw LayerError(
                layer: kind, problem: "a class has to say how it is copied",
                expected: "an implementation of copy()", got: "none")
        }
        let storage = UnsafeMutablePointer<Self>.allocate(capacity: 1)
        storage.initialize(to: self)
        defer {
            storage.deinitialize(count: 1)
            storage.deallocate()
        }
        var failure: (any Error)?
        _ = _forEachField(of: Self.self, options: []) { _, offset, type, _ in
            func replace<Field>(_ type: Field.Type) -> Bool {
                let field = (UnsafeMutableRawPointer(storage) + offset)
                    .assumingMemoryBound(to: Field.self)
                do {
                    if let clone = try cloned(field.pointee) as? Field { field.pointee = clone }
                    return true
                } catch {
                    failure = error
                    return false
                }
            }
            return _openExistential(type, do: replace)
        }
        if let failure { throw failure }
        return storage.pointee
    }
}

/// The clone of a layer, a parameter or a collection of them; `nil` for anything else.
///
/// Throws for a tuple of layers, which Swift gives no way to change: the clone would share them.
private func cloned(_ value: Any) throws -> Any? {
    if let layer = value as? any Layer { return try layer.copy() }
    if let parameter = value as? Parameter { return parameter.copy() }
    if let collection = value as? any LayerCollection { return try collection.clonedElements() }
    guard !Mirror(reflecting: value).children.contains(where: { $0.value is any Layer }) else {
        throw LayerError(
            layer: "copy", problem: "layers in a \(type(of: value)) cannot be cloned",
            expected: "stored properties, arrays or dictionaries of layers", got: "\(value)")
    }
    return nil
}

/// A collection whose elements may be layers.
private protocol LayerCollection {
    func clonedElements() throws -> Any
}

extension Dictionary: LayerCollection {
    fileprivate func clonedElements() throws -> Any {
        try mapValues { try cloned($0) as? Value ?? $0 }
    }
}

extension Array: LayerCollection {
    fileprivate func clonedElements() throws -> Any {
        try map { try cloned($0) as? Element ?? $0 }
    }
}
