/// Entries of dictionaries, found and changed with one look-up.
extension Machine {
    @inline(never)
    static func entry(_ base: Target, _ key: Target) throws -> Value {
        guard case .dictionary(let pairs) = base.pointee else { throw notDictionary(base) }
        return pairs[key.pointee].map { .some($0) } ?? .none
    }

    /// Copies the value of a key. Returns whether there is one.
    @inline(never)
    static func takeEntry(_ base: Target, _ key: Target, into target: Target) throws -> Bool {
        guard case .dictionary(let pairs) = base.pointee else { throw notDictionary(base) }
        guard let value = pairs[key.pointee] else { return false }
        target.pointee = value
        return true
    }

    @inline(never)
    func setEntry(_ base: Target, _ key: Target, isValue: Bool) throws {
        let value = (key + 1).move()
        (key + 1).initialize(to: .void)
        guard case .dictionary(var pairs) = base.pointee else {
            // What else has elements that are optionals: a slice of an array of them.
            let element = isValue ? .some(value) : value
            return try modifyElement(base, [key.pointee], true) { $0.pointee = element }
        }
        base.pointee = .void
        defer { base.pointee = .dictionary(pairs) }
        if isValue {
            pairs[key.pointee] = value
            return
        }
        switch value {
        case .none: pairs[key.pointee] = nil
        case .some(let inner): pairs[key.pointee] = inner
        default: pairs[key.pointee] = value
        }
    }

    /// `base[first[0], default: first[1]] op= first[2]` for operations that run no code of the script.
    @inline(never)
    func modifyEntry(_ base: Target, _ first: Target, _ operation: UInt8) throws {
        guard case .dictionary(var pairs) = base.pointee else {
            throw Machine.notDictionary(base)
        }
        base.pointee = .void
        defer { base.pointee = .dictionary(pairs) }
        try combine(&pairs[first.pointee, default: first[1]], first + 2, operation)
    }

    /// Appends `first[2]`, moved, to the array that is an entry.
    @inline(never)
    static func appendEntry(_ base: Target, _ first: Target) throws {
        guard case .dictionary(var pairs) = base.pointee else { throw notDictionary(base) }
        base.pointee = .void
        defer { base.pointee = .dictionary(pairs) }
        try append(&pairs[first.pointee, default: first[1]], &first[2])
    }

    @inline(__always)
    private func combine(_ value: inout Value, _ operand: Target, _ operation: UInt8) throws {
        if case .int(let a) = value, case .int(let b) = operand.pointee,
            operation == BinaryOperator.add.rawValue
        {
            let (sum, overflow) = a.addingReportingOverflow(b)
            if overflow { throw overflowFault(.add, a, b) }
            value = .int(sum)
        } else {
            try modify(&value, operand, operation)
        }
    }

    private static func notDictionary(_ base: Target) -> RuntimeFault {
        if case .void = base.pointee { return missing }
        return RuntimeFault(.type, "expected a dictionary, got \(base.pointee.dynamicType)")
    }
}
