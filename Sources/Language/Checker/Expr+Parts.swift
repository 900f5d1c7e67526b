extension Expr {
    /// The expressions that this one is made of, in the order in which they are computed. Blocks,
    /// closures and the roots of places are for who goes through them to look at.
    var parts: [Expr] {
        switch kind {
        case .int, .double, .bool, .constant, .local, .global, .closure, .function, .builder,
            .block,
            .type:
            []
        case .interpolation(let list), .array(let list), .tuple(let list, _), .call(_, let list),
            .callNative(_, let list), .construct(_, let list), .enumCase(_, _, let list):
            list
        case .binary(_, let a, let b), .and(let a, let b), .or(let a, let b),
            .coalesce(let a, let b), .element(let a, let b):
            [a, b]
        case .negate(let inner), .not(let inner), .complement(let inner), .intToDouble(let inner),
            .box(let inner), .convert(let inner), .wrap(let inner), .field(let inner, _),
            .tupleElement(let inner, _), .dynamicMember(let inner, _), .unwrap(let inner),
            .chain(let inner), .chainLink(let inner), .isType(let inner, _),
            .cast(let inner, _, _):
            [inner]
        case .ternary(let test, let a, let b): [test, a, b]
        case .dictionary(let pairs): pairs.flatMap { [$0.0, $0.1] }
        case .range(let lower, let upper, _): [lower, upper].compactMap { $0 }
        case .lookup(let base, let arguments): [base] + arguments.map(\.value)
        case .callInOut(_, let arguments): arguments.flatMap(\.parts)
        case .callValue(let callee, let list): [callee] + list
        case .callValueInOut(let callee, let arguments): [callee] + arguments.flatMap(\.parts)
        case .callMutating(_, let place, let list), .callDynamicMutating(_, let place, let list):
            place.parts + list
        case .callDynamic(_, let receiver, let list): (receiver.map { [$0] } ?? []) + list
        case .assign(let place, let value), .compound(let place, _, let value):
            place.parts + [value]
        case .readPlace(let place): place.parts
        }
    }

    /// The places that this expression reads or changes, those of its parts left out.
    var places: [Place] {
        switch kind {
        case .callInOut(_, let arguments), .callValueInOut(_, let arguments):
            arguments.compactMap { if case .place(let place) = $0 { place } else { nil } }
        case .callMutating(_, let place, _), .callDynamicMutating(_, let place, _),
            .assign(let place, _), .compound(let place, _, _), .readPlace(let place):
            [place]
        default: []
        }
    }
}

extension CallArgument {
    fileprivate var parts: [Expr] {
        switch self {
        case .value(let value): [value]
        case .place(let place): place.parts
        }
    }
}

extension Place {
    /// The expressions on the way to it.
    var parts: [Expr] {
        var result: [Expr] = []
        if case .value(let base) = root { result.append(base) }
        for step in steps {
            switch step {
            case .element(let index): result.append(index)
            case .lookup(let key, let fallback): result += [key] + (fallback.map { [$0] } ?? [])
            case .subscript(_, let list), .computed(_, _, let list), .dynamicSubscript(let list, _):
                result += list
            case .field, .tupleElement, .unwrap, .chain, .property, .observed, .dynamic: break
            }
        }
        return result
    }
}

extension Pattern {
    /// The expressions that a value is compared with.
    var parts: [Expr] {
        switch self {
        case .wildcard, .bind, .isType: []
        case .value(let value): [value]
        case .tuple(let patterns), .enumCase(_, _, let patterns): patterns.flatMap(\.parts)
        case .optional(let inner), .cast(_, let inner), .payload(_, _, _, let inner): inner.parts
        }
    }
}
