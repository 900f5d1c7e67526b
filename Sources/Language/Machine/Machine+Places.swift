/// Changes in place. On the way in, each container is taken out of the one that holds it and put
/// back on the way out, so that storage stays uniquely referenced and nothing points into a buffer
/// that a script could replace meanwhile.
extension Machine {
    typealias Target = UnsafeMutablePointer<Value>

    func modify(
        _ path: Path, _ frame: UnsafeMutablePointer<FrameRecord>, isStore: Bool = false,
        isRead: Bool = false, _ body: (Target) throws -> Void
    ) throws {
        let walk = Walk(steps: path.steps, frame: frame, isStore: isStore, isRead: isRead)
        switch path.root {
        case .value(let operand): try descend(place(operand, frame), walk, 0, body)
        case .cell(let register):
            guard case .cell(let cell) = frame.pointee.values[Int(register)] else { return }
            var value = cell.value
            cell.value = .void
            defer { cell.value = value }
            try descend(&value, walk, 0, body)
        case .raw(let register, let kind):
            var value = Machine.box(frame.pointee.raws[Int(register)], kind)
            try descend(&value, walk, 0, body)
            if case .void = value { return }
            frame.pointee.raws[Int(register)] = try Machine.unbox(value, kind)
        case .globalRaw(let global):
            var value = global.value
            try descend(&value, walk, 0, body)
            guard let kind = RawKind(global.type) else { return }
            if case .void = value { return }
            global.raw.pointee = try Machine.unbox(value, kind)
        }
    }

    private struct Walk {
        let steps: [Path.Step]
        let frame: UnsafeMutablePointer<FrameRecord>
        /// Whether the old value is not looked at.
        let isStore: Bool
        /// Whether nothing is changed.
        let isRead: Bool
    }

    private func read(_ accessors: Path.Accessors, of target: Target, _ arguments: [Value]) throws
        -> Value
    {
        if accessors.isStatic {
            return try reenter(accessors.getter, captures: [], arguments: arguments)
        }
        if accessors.isMutating {
            return try reenterMutating(accessors.getter, &target.pointee, arguments)
        }
        return try reenter(
            accessors.getter, captures: [], arguments: [target.pointee] + arguments)
    }

    private func descend(
        _ target: Target, _ walk: Walk, _ index: Int, _ body: (Target) throws -> Void
    ) throws {
        guard index < walk.steps.count else { return try body(target) }
        let isLastStore = walk.isStore && index == walk.steps.count - 1
        func rest(_ next: Target) throws { try descend(next, walk, index + 1, body) }
        let registers = walk.frame.pointee.values
        switch walk.steps[index] {
        case .field(let field):
            guard case .structure(var instance) = target.pointee else {
                throw Machine.notStructure(target.pointee)
            }
            target.pointee = .void
            if !isKnownUniquelyReferenced(&instance) {
                instance = instance.copy()
            }
            defer { target.pointee = .structure(instance) }
            var value = Value.void
            swap(&value, &instance[field])
            defer { swap(&value, &instance[field]) }
            try rest(&value)
        case .tupleElement(let element):
            guard case .tuple(let tuple) = target.pointee, element < tuple.elements.count else {
                throw RuntimeFault(.type, "expected a tuple, got \(target.pointee.dynamicType)")
            }
            var elements = tuple.elements
            try rest(&elements[element])
            target.pointee = .tuple(ScriptTuple(elements, labels: tuple.labels))
        case .element(let register):
            try modifyElement(target, [registers[Int(register)]], isLastStore, rest)
        case .lookup(let register, let defaultRegister):
            var arguments = [registers[Int(register)]]
            if let defaultRegister { arguments.append(registers[Int(defaultRegister)]) }
            try modifyElement(target, arguments, isLastStore, rest)
        case .unwrap:
            switch target.pointee {
            case .none:
                throw RuntimeFault(.optional, "found nil while unwrapping an optional with !")
            case .some(var inner):
                target.pointee = .void
                defer { target.pointee = .some(inner) }
                try rest(&inner)
            default: try rest(target)
            }
        case .property(let binding):
            var value = isLastStore ? .void : try call(binding, [target.pointee])
            try rest(&value)
            guard !walk.isRead, let setter = binding.setter else { return }
            try setter(&target.pointee, value, [])
        case .subscript(let binding, let first, let count):
            let arguments = (0..<Int(count)).map { registers[Int(first) + $0] }
            var value = isLastStore ? .void : try call(binding, [target.pointee] + arguments)
            try rest(&value)
            guard !walk.isRead, let setter = binding.setter else { return }
            try setter(&target.pointee, value, arguments)
        case .computed(let accessors):
            let first = Int(accessors.first)
            let arguments = (0..<Int(accessors.count)).map { registers[first + $0] }
            var value =
                isLastStore ? .void : try read(accessors, of: target, arguments)
            try rest(&value)
            guard !walk.isRead, let setter = accessors.setter else { return }
            if accessors.isStatic {
                _ = try reenter(setter, captures: [], arguments: arguments + [value])
            } else {
                _ = try reenterMutating(setter, &target.pointee, arguments + [value])
            }
        case .observed(let field, let setter, let inPlace):
            var value = Value.void
            if !isLastStore {
                guard case .structure(let instance) = target.pointee else {
                    throw Machine.notStructure(target.pointee)
                }
                value = instance[field]
            }
            if inPlace, !walk.isRead, !isLastStore {
                // Nothing looks at the old value, so that it need not be shared meanwhile.
                try Machine.ownField(target, field).pointee = .void
            }
            try rest(&value)
            if walk.isRead { return }
            _ = try reenterMutating(setter, &target.pointee, [value])
        case .dynamic(let name) where walk.isRead:
            var value = try member(name, of: target.pointee)
            try rest(&value)
        case .dynamic(let name):
            try interpreter.modifyMember(name, of: target, isStore: isLastStore, rest)
        case .dynamicSubscript(let first, let count, let labels) where walk.isRead:
            let arguments = (0..<Int(count)).map { registers[Int(first) + $0] }
            var value = try subscriptValue(target.pointee, arguments, labels: labels)
            try rest(&value)
        case .dynamicSubscript(let first, let count, let labels):
            let arguments = (0..<Int(count)).map { registers[Int(first) + $0] }
            if labels.allSatisfy({ $0 == nil }) || labels == [nil, "default"] {
                try modifyElement(target, arguments, isLastStore, rest)
            } else {
                try interpreter.modifySubscript(
                    of: target, arguments, labels: labels, isStore: isLastStore, rest)
            }
        }
    }

    /// An element of an array or dictionary, a slice, or an element of a foreign value.
    func modifyElement(
        _ target: Target, _ arguments: [Value], _ isStore: Bool, _ body: (Target) throws -> Void
    ) throws {
        // Each pattern binds alone: a tuple of both would share the storage while it changes.
        if case .int(let index)? = arguments.first, case .array(var elements) = target.pointee {
            guard index >= 0, index < elements.count else {
                throw Machine.indexFault(index, elements.count)
            }
            target.pointee = .void
            defer { target.pointee = .array(elements) }
            var value = Value.void
            swap(&value, &elements[index])
            defer { swap(&value, &elements[index]) }
            try body(&value)
        } else if case .range(let range)? = arguments.first,
            case .array(var elements) = target.pointee
        {
            let bounds = try range.resolved(count: elements.count)
            var slice = Value.slice(elements[bounds])
            try body(&slice)
            let replacement = try Builtins.elements(slice)
            target.pointee = .void
            slice = .void
            elements.replaceSubrange(bounds, with: replacement)
            target.pointee = .array(elements)
        } else if case .int(let index)? = arguments.first,
            case .slice(var elements) = target.pointee
        {
            guard elements.indices.contains(index) else {
                throw Machine.sliceFault(index, elements)
            }
            target.pointee = .void
            defer { target.pointee = .slice(elements) }
            var value = elements[index]
            defer { elements[index] = value }
            try body(&value)
        } else if case .range(let range)? = arguments.first,
            case .slice(var elements) = target.pointee
        {
            let bounds = try range.resolved(in: elements)
            var slice = Value.slice(elements[bounds])
            try body(&slice)
            elements.replaceSubrange(bounds, with: try Builtins.elements(slice))
            target.pointee = .slice(elements)
        } else if let key = arguments.first, case .dictionary(var pairs) = target.pointee {
            target.pointee = .void
            defer { target.pointee = .dictionary(pairs) }
            try modifyEntry(&pairs, key, default: arguments.count > 1 ? arguments[1] : nil, body)
        } else {
            try interpreter.modifySubscript(
                of: target, arguments, labels: Array(repeating: nil, count: arguments.count),
                isStore: isStore, body)
        }
    }

    private func modifyEntry(
        _ pairs: inout [Value: Value], _ key: Value, default initial: Value?,
        _ body: (Target) throws -> Void
    ) throws {
        let position = pairs.index(forKey: key)
        var value = Value.void
        if let position { swap(&value, &pairs.values[position]) }
        if let initial {
            if position == nil { value = initial }
            do {
                try body(&value)
            } catch {
                if let position { pairs.values[position] = value }
                throw error
            }
            if let position { pairs.values[position] = value } else { pairs[key] = value }
            return
        }
        var slot = position == nil ? Value.none : .some(value)
        value = .void
        defer {
            switch slot {
            case .none: pairs[key] = nil
            case .some(let inner): pairs[key] = inner
            default: pairs[key] = slot
            }
        }
        try body(&slot)
    }

    func readPath(_ path: Path, _ frame: UnsafeMutablePointer<FrameRecord>) throws -> Value {
        var result = Value.void
        try modify(path, frame, isRead: true) { result = $0.pointee }
        return result
    }

    /// Puts a value that a call changed back where it came from.
    func writePath(
        _ path: Path, _ frame: UnsafeMutablePointer<FrameRecord>, moving source: Target
    ) throws {
        var value = Value.void
        swap(&value, &source.pointee)
        try modify(path, frame, isStore: true) { target in
            target.pointee = value
            value = .void
        }
    }

    func modifyPath(
        _ i: Instruction, _ prototype: Prototype, _ frame: UnsafeMutablePointer<FrameRecord>
    ) throws {
        // A copy: the operand may be part of what changes.
        var operand = place(i.b, frame).pointee
        try modify(prototype.paths[Int(i.a)], frame) { try self.modify($0, &operand, i.x) }
    }

    /// Runs a function that changes its `self`.
    func reenterMutating(
        _ prototype: Prototype, _ base: inout Value, _ arguments: [Value], captures: [Value] = []
    ) throws -> Value {
        var all = [Value.void] + arguments
        swap(&all[0], &base)
        defer { swap(&all[0], &base) }
        return try reenter(prototype, captures: captures, changing: &all, at: [0])
    }

    /// Runs a function that changes the arguments at some positions.
    func reenter(
        _ prototype: Prototype, captures: [Value], changing arguments: inout [Value],
        at positions: [Int]
    ) throws -> Value {
        guard stack.hasRoom else {
            throw RuntimeFault(.recursion, "recursion deeper than \(depth) calls")
        }
        let (window, rawWindow) = freeWindow()
        try prepare(prototype, values: window, raws: rawWindow)
        let count = arguments.count
        for index in arguments.indices {
            if positions.contains(index) {
                swap(&window[index], &arguments[index])
            } else {
                window[index] = arguments[index]
            }
        }
        defer {
            for index in positions { swap(&window[index], &arguments[index]) }
            for index in 0..<count { window[index] = .void }
        }
        try layOut(captures, prototype.block, window, rawWindow)
        return try enter(prototype, window: window, rawWindow: rawWindow)
    }
}
