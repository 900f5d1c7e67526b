/// Entries of dictionaries.
extension Emitter {
    /// The dictionary, key and default of `dictionary[key]` and `dictionary[key, default: value]`.
    func entry(_ e: Expr) -> (dictionary: Expr, key: Expr, fallback: Expr?)? {
        guard case .lookup(let base, let arguments) = e.kind, case .dictionary = base.type,
            let first = arguments.first, first.label == nil
        else { return nil }
        switch arguments.count {
        case 1: return (base, first.value, nil)
        case 2 where arguments[1].label == "default": return (base, first.value, arguments[1].value)
        default: return nil
        }
    }

    /// An entry's value; its default is evaluated only where it is needed.
    func read(
        _ entry: (dictionary: Expr, key: Expr, fallback: Expr?), into target: Int32
    ) throws(ScriptError) {
        let key = newValue()
        let dictionary = try operand(reading: entry.dictionary, before: [entry.key])
        try value(entry.key, into: key)
        if let fallback = entry.fallback {
            emit(.entryOrNext, target, dictionary, key)
            let isMissing = emit(.jump)
            let end = emit(.jump)
            land(isMissing)
            try value(fallback, into: target)
            land(end)
        } else {
            emit(.entry, target, dictionary, key)
        }
        if target != dictionary { release(dictionary, entry.dictionary) }
    }

    /// What is inside an optional, in a register. Returns the jump taken where there is nothing.
    func unwrapped(_ e: Expr, into target: Int32) throws(ScriptError) -> Int {
        if case .callMutating(let row, let place, let arguments) = e.kind, row.owner == "Array",
            row.name == "popLast", let way = try way(to: place, before: arguments)
        {
            emit(.popOrNext, target, reach(way, changing: true))
            return emit(.jump)
        }
        guard let entry = entry(e), entry.fallback == nil else {
            let source = try operand(reading: e)
            let isMissing = emit(.unwrapOrJump, target, source)
            release(source, e)
            return isMissing
        }
        let key = newValue()
        let dictionary = try operand(reading: entry.dictionary, before: [entry.key])
        try value(entry.key, into: key)
        emit(.entryOrNext, target, dictionary, key)
        guard dictionary >= 0, dictionary != target, !isVariable(entry.dictionary) else {
            return emit(.jump)
        }
        // A temporary copy must not outlive the look-up: it would keep the storage shared.
        let isMissing = emit(.jump)
        emit(.clear, dictionary)
        let end = emit(.jump)
        land(isMissing)
        emit(.clear, dictionary)
        let nothing = emit(.jump)
        land(end)
        return nothing
    }

    /// `dictionary[key] = value` where the way to the dictionary is one of elements and stored
    /// properties. Returns whether it was.
    func assignEntry(_ place: Place, _ e: Expr) throws(ScriptError) -> Bool {
        // What a dictionary has under a key is an optional; a slice of an array is none.
        guard case .lookup(let key, nil)? = place.steps.last, case .optional = place.type,
            let way = try way(
                to: place, place.steps.dropLast(), held: !isPure(key) || !isPure(e))
        else { return false }
        let first = newValues(2)
        try value(key, into: first)
        var isValue: UInt8 = 0
        if case .wrap(let inner) = e.kind {
            try value(inner, into: first + 1)
            isValue = 1
        } else {
            try value(e, into: first + 1)
        }
        emit(.setEntry, reach(way, changing: true), first, x: isValue)
        return true
    }

    /// `dictionary[key, default: value].append(element)`, as above.
    func appendToEntry(_ place: Place, _ element: Expr) throws(ScriptError) -> Bool {
        guard case .lookup(let key, let fallback?)? = place.steps.last, isPure(fallback),
            case .array = place.type,
            let way = try way(
                to: place, place.steps.dropLast(), held: !isPure(key) || !isPure(element))
        else { return false }
        let first = newValues(3)
        try value(key, into: first)
        try value(fallback, into: first + 1)
        try value(element, into: first + 2)
        emit(.appendEntry, reach(way, changing: true), first)
        return true
    }

    /// `dictionary[key, default: value] op= operand`, as above.
    func compoundEntry(_ place: Place, _ operation: BinaryOperator, _ operand: Expr)
        throws(ScriptError) -> Bool
    {
        guard case .lookup(let key, let fallback?)? = place.steps.last,
            place.type.isRaw && operand.type == place.type
                || isBuiltIn(operation, place.type, operand.type),
            let way = try way(
                to: place, place.steps.dropLast(),
                held: ![key, fallback, operand].allSatisfy { isPure($0) })
        else { return false }
        guard isPure(fallback) else { return false }
        let first = newValues(3)
        try value(key, into: first)
        try value(fallback, into: first + 1)
        try value(operand, into: first + 2)
        emit(.modifyEntry, reach(way, changing: true), first, x: operation.rawValue)
        return true
    }
}
