/// How the layers and parameters of a struct are found: by its stored properties.
extension Layer {
    var reflectedChildren: [(name: String, layer: any Layer)] {
        var found: [(name: String, layer: any Layer)] = []
        for (name, value) in storedProperties(of: self) {
            collectLayers(value, name: name, into: &found)
        }
        return found
    }

    var reflectedParameters: [(name: String, parameter: Parameter)] {
        storedProperties(of: self).compactMap { name, value in
            (value as? Parameter).map { (name, $0) }
        }
    }
}

/// The stored properties of a value with their names, inherited ones first.
private func storedProperties(of value: Any) -> [(String, Any)] {
    var mirrors: [Mirror] = []
    var next: Mirror? = Mirror(reflecting: value)
    while let mirror = next {
        mirrors.insert(mirror, at: 0)
        next = mirror.superclassMirror
    }
    return mirrors.flatMap { mirror in
        mirror.children.compactMap { child in
            guard let label = child.label else { return nil }
            let name = label.hasPrefix("$__lazy_storage_$_") ? String(label.dropFirst(18)) : label
            return (name, child.value)
        }
    }
}

/// Adds `value` when it is a layer, or the layers inside it when it is a collection of them.
private func collectLayers(
    _ value: Any, name: String, into found: inout [(name: String, layer: any Layer)]
) {
    if let layer = value as? any Layer {
        found.append((name, layer))
        return
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
        if let wrapped = mirror.children.first {
            collectLayers(wrapped.value, name: name, into: &found)
        }
    case .collection, .tuple:
        for (index, element) in mirror.children.enumerated() {
            collectLayers(element.value, name: "\(name).\(index)", into: &found)
        }
    default: break
    }
}
