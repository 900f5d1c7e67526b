import Hosting
import Language

extension Command {
    static let shape = Command(
        "shape", "EXPR", takesCode: true,
        help: "Shows the shape of a value, or of each of its parts."
    ) { (context) throws(ScriptError) in
        let evaluation = context.evaluation
        let interpreter = context.session.interpreter
        let result = try interpreter.run(
            context.argument, cell: evaluation.name, host: evaluation.host)
        guard let value = result.value else {
            throw .command(":shape: expected an expression with a value, got a statement")
        }
        var shapes = ShapeList { interpreter.property($0, of: $1) }
        shapes.add(value, name: "")
        guard !shapes.rows.isEmpty else {
            throw .command(
                ":shape: \(result.typeName) has no shape; tensors, images, arrays, layers and "
                    + "collections of them have one")
        }
        return Answer(result: MIMEBundle(plain: shapes.text))
    }
}

/// The shapes of a value's parts, found by what the values can be asked for.
private struct ShapeList {
    typealias Property = (_ name: String, _ value: Value) -> Value?

    let property: Property
    private(set) var rows: [(name: String, shape: String)] = []
    private var left = 200

    init(property: @escaping Property) { self.property = property }

    var text: String {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { $0.name.isEmpty ? $0.shape : "\($0.name.padded(to: width))  \($0.shape)" }
            .joined(separator: "\n")
    }

    mutating func add(_ value: Value, name: String, depth: Int = 0) {
        guard depth < 8, left >= 0 else { return }
        switch value {
        case .some(let inner): add(inner, name: name, depth: depth)
        case .object: addObject(value, name: name, depth: depth)
        case .array(let items): addArray(items, name: name, depth: depth)
        case .slice(let items): addArray(Array(items), name: name, depth: depth)
        case .dictionary(let pairs):
            let named = pairs.map { ("\($0.key)", $0.value) }.sorted { $0.0 < $1.0 }
            for (key, item) in named { add(item, name: join(name, key), depth: depth + 1) }
        case .tuple(let tuple):
            for (index, item) in tuple.elements.enumerated() {
                let label = tuple.labels[index].isEmpty ? "\(index)" : tuple.labels[index]
                add(item, name: join(name, label), depth: depth + 1)
            }
        case .structure(let instance):
            for (label, item) in instance.properties {
                add(item, name: join(name, label), depth: depth + 1)
            }
        default: break
        }
    }

    /// A tensor, an image through its pixels, or a layer through its parameters.
    private mutating func addObject(_ value: Value, name: String, depth: Int) {
        if case .array(let sides)? = property("shape", value) {
            let type = property("dtype", value).map { " \($0)" } ?? ""
            append(name, "\(Value.array(sides))\(type)")
        } else if let pixels = property("pixels", value) {
            add(pixels, name: name, depth: depth + 1)
        } else if case .array(let parameters)? = property("parameters", value) {
            for parameter in parameters {
                guard case .tuple(let pair) = parameter, pair.elements.count == 2 else { continue }
                add(pair.elements[1], name: join(name, "\(pair.elements[0])"), depth: depth + 1)
            }
        }
    }

    /// A rectangle of numbers or texts has a shape; anything else is gone through.
    private mutating func addArray(_ items: [Value], name: String, depth: Int) {
        if let sides = Self.sides(items, depth: 0) {
            return append(name, "[\(sides.map(String.init).joined(separator: ", "))]")
        }
        for (index, item) in items.enumerated() where left >= 0 {
            add(item, name: "\(name)[\(index)]", depth: depth + 1)
        }
    }

    private mutating func append(_ name: String, _ shape: String) {
        left -= 1
        rows.append(left >= 0 ? (name: name, shape: shape) : (name: "…", shape: "and more"))
    }

    private func join(_ name: String, _ part: String) -> String {
        name.isEmpty ? part : "\(name).\(part)"
    }

    /// The lengths along each axis of nested arrays; `nil` where they differ or hold other things.
    private static func sides(_ items: [Value], depth: Int) -> [Int]? {
        guard depth < 16 else { return nil }
        var inner: [Int]?
        for item in items {
            let sides: [Int]?
            switch item {
            case .array(let nested): sides = Self.sides(nested, depth: depth + 1)
            case .int, .double, .float, .bool, .string, .character: sides = []
            default: sides = nil
            }
            guard let sides, inner == nil || inner == sides else { return nil }
            inner = sides
        }
        return [items.count] + (inner ?? [])
    }
}
