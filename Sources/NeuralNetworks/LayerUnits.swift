/// A model as the units that are trained or frozen together, from the input to the head: its
/// children, of which one that holds most of the weights counts as its own children.
///
/// Of ResNet18: `conv1` with `bn1`, `layer1`, `layer2`, `layer3`, `layer4.0`, `layer4.1`, `fc`. What
/// only scales and shifts belongs to the unit before it.
package struct LayerUnits {
    /// A unit: what it is called, and its weights and buffers with their full names.
    package struct Unit {
        package let name: String
        package fileprivate(set) var state: [(name: String, parameter: Parameter)]

        fileprivate var count: Int {
            state.reduce(0) { $0 + ($1.parameter.kind == .weight ? $1.parameter.count : 0) }
        }
    }

    /// The units in the order of the layers; the last one holds the head.
    package private(set) var units: [Unit]

    /// More units than this would leave the first ones with hardly any learning rate.
    private static let most = 24

    package init(_ model: any Layer) {
        var seen: Set<ObjectIdentifier> = []
        let head = model.lastLinear.map { $0.weight.count + ($0.bias?.count ?? 0) } ?? 0
        let body = max(1, model.parameterCount - head)
        var parts: [(unit: Unit, layer: any Layer)] = Self.parts(of: model, named: "", &seen)
        while let index = parts.firstIndex(where: { 2 * $0.unit.count > body && $0.layer.isChain })
        {
            seen.subtract(parts[index].unit.state.map { ObjectIdentifier($0.parameter) })
            let inner = Self.parts(of: parts[index].layer, named: parts[index].unit.name, &seen)
            guard inner.count > 0, parts.count + inner.count - 1 <= Self.most else { break }
            parts.replaceSubrange(index...index, with: inner)
        }
        units = []
        for (unit, _) in parts {
            // Before the first kernels or matrices and behind others, all belongs to them.
            let isOwn = unit.state.contains { $0.parameter.shape.count > 1 }
            let joins = units.last.map { !isOwn || !Self.hasMatrices($0) } ?? false
            if joins, let last = units.popLast() {
                let name = Self.hasMatrices(last) ? last.name : unit.name
                units.append(Unit(name: name, state: last.state + unit.state))
            } else {
                units.append(unit)
            }
        }
    }

    private static func hasMatrices(_ unit: Unit) -> Bool {
        unit.state.contains { $0.parameter.shape.count > 1 && $0.parameter.kind == .weight }
    }

    /// The children of a layer that hold anything; its own parameters belong to the first.
    private static func parts(
        of layer: any Layer, named name: String, _ seen: inout Set<ObjectIdentifier>
    ) -> [(unit: Unit, layer: any Layer)] {
        let prefix = name.isEmpty ? "" : name + "."
        var own = layer.ownParameters.filter {
            seen.insert(ObjectIdentifier($0.parameter)).inserted
        }.map { (name: prefix + $0.name, parameter: $0.parameter) }
        var parts: [(unit: Unit, layer: any Layer)] = []
        for (childName, child) in layer.children {
            let state = child.namedState.filter {
                seen.insert(ObjectIdentifier($0.parameter)).inserted
            }.map { (name: "\(prefix)\(childName).\($0.name)", parameter: $0.parameter) }
            guard !state.isEmpty else { continue }
            parts.append((Unit(name: prefix + childName, state: own + state), child))
            own = []
        }
        if !own.isEmpty { parts.append((Unit(name: name, state: own), layer)) }
        return parts
    }
}

extension Layer {
    /// Whether it is nothing but layers one after the other.
    fileprivate var isChain: Bool { self is Sequential && children.count > 1 }
}
