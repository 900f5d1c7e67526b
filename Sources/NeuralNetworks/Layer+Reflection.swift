/// How the layers and parameters of a struct are found: by its stored properties.
extension Layer {
    var reflectedChildren: [(name: String, layer: any Layer)] {
        parts.compactMap { name, value in (value as? any Layer).map { (name, $0) } }
    }

    var reflectedParameters: [(name: String, parameter: Parameter)] {
        parts.compactMap { name, value in (value as? Parameter).map { (name, $0) } }
    }

    /// The stored properties, those that are optionals or collections taken apart.
    private var parts: [(name: String, value: Any)] {
        var parts: [(name: String, value: Any)] = []
        for (name, value) in storedProperties(of: self) {
            collectParts(of: value, name: name, into: &parts)
        }
        return parts
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

/// Adds `value`, or the elements inside it where it is an optional or a collection: those of an
/// array by their positions, those of a dictionary by their keys, in the keys' order.
private func collectParts(
    of value: Any, name: String, into parts: inout [(name: String, value: Any)]
) {
    if value is any Layer {
        parts.append((name, value))
        return
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
        if let wrapped = mirror.children.first {
            collectParts(of: wrapped.value, name: name, into: &parts)
        }
    case .collection:
        for (index, element) in mirror.children.enumerated() {
            collectParts(of: element.value, name: "\(name).\(index)", into: &parts)
        }
    case .tuple:
        for (index, element) in mirror.children.enumerated() {
            // Elements without a label are called `.0`, `.1` and so on.
            let label = element.label.map { String($0.drop { $0 == "." }) } ?? "\(index)"
            collectParts(of: element.value, name: "\(name).\(label)", into: &parts)
        }
    case .dictionary:
        let pairs = mirror.children.compactMap { child -> (key: String, value: Any)? in
            let pair = Array(Mirror(reflecting: child.value).children)
            return pair.count == 2 ? (String(describing: pair[0].value), pair[1].value) : nil
        }
        for (key, element) in pairs.sorted(by: { $0.key < $1.key }) {
            collectParts(of: element, name: "\(name).\(key)", into: &parts)
        }
    default: parts.append((name, value))
    }
}
