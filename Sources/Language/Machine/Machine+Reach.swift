/// Parts of values where they stand. A pointer found here is good until the next instruction that
/// runs code of the script or changes the container, so the emitter uses it at once.
extension Machine {
    /// An element of an array, to read; `nil` where there is none.
    @inline(__always)
    static func elementIfAny(_ base: Target, _ index: Int) -> Target? {
        guard case .array(let elements) = base.pointee else { return nil }
        return elements.withUnsafeBufferPointer {
            index >= 0 && index < $0.count
                ? Target(mutating: $0.baseAddress.unsafelyUnwrapped + index) : nil
        }
    }

    /// An element of an array, to read.
    @inline(__always)
    static func element(_ base: Target, _ index: Int) throws -> Target {
        guard let place = elementIfAny(base, index) else { throw unreachable(base, index) }
        return place
    }

    /// An element of an array, to change: the array is made the only owner of its storage first.
    @inline(__always)
    static func ownElement(_ base: Target, _ index: Int) throws -> Target {
        guard case .array(var elements) = base.pointee else { throw unreachable(base, index) }
        // Nothing to let go of: what `base` held is in `elements`, and then in `base` again.
        base.pointee = .void
        let target: Target? = elements.withUnsafeMutableBufferPointer {
            index >= 0 && index < $0.count ? $0.baseAddress.unsafelyUnwrapped + index : nil
        }
        base.initialize(to: .array(elements))
        guard let target else { throw unreachable(base, index) }
        return target
    }

    /// A stored property, to read.
    @inline(__always)
    static func field(_ base: Target, _ index: Int) throws -> Target {
        guard case .structure(let instance) = base.pointee else {
            throw notStructure(base.pointee)
        }
        return instance.elements + index
    }

    /// A stored property, to change: the structure is made the only owner of its storage first.
    @inline(__always)
    static func ownField(_ base: Target, _ index: Int) throws -> Target {
        guard case .structure(var instance) = base.pointee else {
            throw notStructure(base.pointee)
        }
        base.pointee = .void
        if !isKnownUniquelyReferenced(&instance) { instance = instance.copy() }
        base.initialize(to: .structure(instance))
        return instance.elements + index
    }

    /// Stores a number, in the usual case over another one, where there is nothing to let go of.
    @inline(__always)
    static func set(_ target: Target, _ number: Value) {
        switch target.pointee {
        case .void, .none, .int, .double, .bool: target.initialize(to: number)
        default: target.pointee = number
        }
    }

    /// Takes the last element out of an array; `nil` where there is none.
    @inline(__always)
    static func popLast(_ base: Target) throws -> Value? {
        guard case .array(var elements) = base.pointee else { throw unreachable(base, 0) }
        base.pointee = .void
        let last = elements.popLast()
        base.initialize(to: .array(elements))
        return last
    }

    @inline(never)
    static func swapElements(_ base: Target, _ i: Int, _ j: Int) throws {
        let first = try ownElement(base, i)
        let second = try ownElement(base, j)
        if first != second { swap(&first.pointee, &second.pointee) }
    }

    /// Moves a value to where it belongs.
    @inline(__always)
    static func put(_ target: Target, _ source: Target) {
        let moved = source.move()
        source.initialize(to: .void)
        target.pointee = moved
    }

    @inline(never)
    private static func unreachable(_ base: Target, _ index: Int) -> RuntimeFault {
        if case .void = base.pointee { return missing }
        guard case .array(let elements) = base.pointee else {
            return RuntimeFault(
                .type, "cannot reach element \(index) of \(base.pointee.dynamicType)")
        }
        return indexFault(index, elements.count)
    }

    /// `target op= operand` for operations that run no code of the script.
    func modify(_ target: Target, _ operand: Target, _ operation: UInt8) throws {
        if operation == BinaryOperator.add.rawValue, case .string(let suffix) = operand.pointee,
            try Machine.appendText(suffix, target)
        {
            return
        }
        guard let operation = BinaryOperator(rawValue: operation) else { return }
        if operation == .add, case .array(let suffix) = operand.pointee,
            case .array(var elements) = target.pointee
        {
            try Machine.checkRoom(elements.count + suffix.count)
            target.pointee = .void
            elements += suffix
            target.pointee = .array(elements)
        } else {
            target.pointee = try binary(operation, target.pointee, operand.pointee)
        }
    }

    /// Appends to a text in its place. Returns whether there is one.
    @inline(__always)
    private static func appendText(_ suffix: String, _ target: Target) throws -> Bool {
        guard case .string(let text) = target.pointee else { return false }
        try checkRoom(bytes: text.utf8.count + suffix.utf8.count)
        // Moved out of its place meanwhile, as it must have one owner to grow.
        guard case .string(var moved) = target.move() else { return false }
        target.initialize(to: .void)
        moved += suffix
        target.initialize(to: .string(moved))
        return true
    }

    /// Goes on with what is to be put back after a call that failed. A place that cannot be reached
    /// again, such as an index now out of range, stays as it is.
    func putBackAfterError() {
        let frame = frames + (depth - 1)
        let prototype = frame.pointee.block.pointee.prototype.takeUnretainedValue()
        var isLost = false
        while true {
            let i = frame.pointee.pc.pointee
            switch i.opcode {
            case .ownElement, .ownField, .reachCell:
                if !isLost { isLost = !reach(i, frame) }
            case .put:
                if !isLost { Machine.put(place(i.a, frame), frame.pointee.values + Int(i.b)) }
                isLost = false
            case .writeBack:
                try? writePath(
                    prototype.paths[Int(i.a)], frame, moving: frame.pointee.values + Int(i.b))
            default: return
            }
            frame.pointee.pc += 1
        }
    }

    private func reach(_ i: Instruction, _ frame: UnsafeMutablePointer<FrameRecord>) -> Bool {
        guard let table = frame.pointee.block.pointee.table else { return false }
        do {
            switch i.opcode {
            case .ownElement:
                table[Int(i.a)] = try Machine.ownElement(
                    place(i.b, frame), frame.pointee.raws[Int(i.c)])
            case .ownField:
                table[Int(i.a)] = try Machine.ownField(place(i.b, frame), Int(i.c))
            default:
                guard case .cell(let cell) = frame.pointee.values[Int(i.b)] else { return false }
                table[Int(i.a)] = cell.place
            }
            return true
        } catch {
            return false
        }
    }
}
