extension Binding {
    /// A method: the closure takes its base first.
    public static func method<
        T: ScriptConvertible, each A: ScriptConvertible, R: ScriptConvertible
    >(
        _ name: String, of type: T.Type, _ arguments: repeat Argument<each A>, summary: String = "",
        example: String = "", call: @escaping (T, repeat each A) throws -> R
    ) -> Binding {
        var parameters: [Parameter] = []
        repeat parameters.append((each arguments).parameter)
        let fixed = parameters
        return Binding(
            name: name, kind: .method(of: T.scriptType.memberTable), parameters: fixed,
            result: R.scriptType, summary: summary, example: example,
            implementation: .call { values in
                var reader = ArgumentReader(values, of: name, parameters: fixed)
                return try call(try reader.next(T.self), repeat try reader.next((each A).self))
                    .scriptValue
            })
    }

    /// A method that returns nothing.
    public static func action<T: ScriptConvertible, each A: ScriptConvertible>(
        _ name: String, of type: T.Type, _ arguments: repeat Argument<each A>, summary: String = "",
        example: String = "", call: @escaping (T, repeat each A) throws -> Void
    ) -> Binding {
        method(name, of: type, repeat each arguments, summary: summary, example: example) {
            (base: T, values: repeat each A) -> Nothing in
            try call(base, repeat each values)
            return Nothing()
        }
    }

    /// A method that changes its base, which must stand in a variable.
    public static func mutatingMethod<
        T: ScriptConvertible, each A: ScriptConvertible, R: ScriptConvertible
    >(
        _ name: String, of type: T.Type, _ arguments: repeat Argument<each A>, summary: String = "",
        example: String = "", call: @escaping (inout T, repeat each A) throws -> R
    ) -> Binding {
        var parameters: [Parameter] = []
        repeat parameters.append((each arguments).parameter)
        let fixed = parameters
        return Binding(
            name: name, kind: .method(of: T.scriptType.memberTable), parameters: fixed,
            result: R.scriptType, summary: summary, example: example,
            implementation: .mutating { base, values in
                var reader = ArgumentReader(values, of: name, parameters: fixed)
                let arguments = (repeat try reader.next((each A).self))
                return try modify(&base, name) { try call(&$0, repeat each arguments).scriptValue }
            })
    }

    /// A property that is read only.
    public static func property<T: ScriptConvertible, R: ScriptConvertible>(
        _ name: String, of type: T.Type, summary: String = "", example: String = "",
        get: @escaping (T) throws -> R
    ) -> Binding {
        Binding(
            name: name, kind: .property(of: T.scriptType.memberTable, settable: false),
            parameters: [], result: R.scriptType, summary: summary, example: example,
            implementation: .call { values in
                var reader = ArgumentReader(values, of: name, parameters: [])
                return try get(try reader.next(T.self)).scriptValue
            })
    }

    /// A property that can be assigned to. Where `T` is a class, set its property on `$0`.
    public static func property<T: ScriptConvertible, R: ScriptConvertible>(
        _ name: String, of type: T.Type, summary: String = "", example: String = "",
        get: @escaping (T) throws -> R, set: @escaping (inout T, R) throws -> Void
    ) -> Binding {
        Binding(
            name: name, kind: .property(of: T.scriptType.memberTable, settable: true),
            parameters: [], result: R.scriptType, summary: summary, example: example,
            implementation: .call { values in
                var reader = ArgumentReader(values, of: name, parameters: [])
                return try get(try reader.next(T.self)).scriptValue
            },
            setter: { base, newValue, _ in
                var reader = ArgumentReader([newValue], of: name, parameters: [])
                let converted = try reader.next(R.self)
                try modify(&base, name) { try set(&$0, converted) }
            })
    }

    /// A subscript that is read only.
    public static func `subscript`<
        T: ScriptConvertible, each A: ScriptConvertible, R: ScriptConvertible
    >(
        of type: T.Type, _ arguments: repeat Argument<each A>, summary: String = "",
        example: String = "", get: @escaping (T, repeat each A) throws -> R
    ) -> Binding {
        subscriptRow(
            repeat each arguments, summary: summary, example: example, get: get, setter: nil)
    }

    /// A subscript that can be assigned to; `set` takes the base, the new value and the indices.
    /// The new value may be of another type than what `get` returns (a number for a tensor).
    public static func `subscript`<
        T: ScriptConvertible, each A: ScriptConvertible, R: ScriptConvertible, N: ScriptConvertible
    >(
        of type: T.Type, _ arguments: repeat Argument<each A>, summary: String = "",
        example: String = "", get: @escaping (T, repeat each A) throws -> R,
        set: @escaping (inout T, N, repeat each A) throws -> Void
    ) -> Binding {
        var parameters: [Parameter] = []
        repeat parameters.append((each arguments).parameter)
        let fixed = parameters
        let setter: (inout Value, Value, [Value]) throws -> Void = { base, newValue, values in
            var first = ArgumentReader([newValue], of: "subscript", parameters: [])
            let converted = try first.next(N.self)
            var reader = ArgumentReader(values, of: "subscript", parameters: fixed)
            let indices = (repeat try reader.next((each A).self))
            try modify(&base, "subscript") { try set(&$0, converted, repeat each indices) }
        }
        return subscriptRow(
            repeat each arguments, summary: summary, example: example, get: get, setter: setter)
    }

    private static func subscriptRow<
        T: ScriptConvertible, each A: ScriptConvertible, R: ScriptConvertible
    >(
        _ arguments: repeat Argument<each A>, summary: String, example: String,
        get: @escaping (T, repeat each A) throws -> R,
        setter: ((inout Value, Value, [Value]) throws -> Void)?
    ) -> Binding {
        var parameters: [Parameter] = []
        repeat parameters.append((each arguments).parameter)
        let fixed = parameters
        return Binding(
            name: "subscript",
            kind: .subscript(of: T.scriptType.memberTable, settable: setter != nil),
            parameters: fixed, result: R.scriptType, summary: summary, example: example,
            implementation: .call { values in
                var reader = ArgumentReader(values, of: "subscript", parameters: fixed)
                return try get(try reader.next(T.self), repeat try reader.next((each A).self))
                    .scriptValue
            },
            setter: setter)
    }

    /// Changes a base in place, giving a shared foreign value a copy of its own first.
    private static func modify<T: ScriptConvertible, R>(
        _ base: inout Value, _ name: String, _ change: (inout T) throws -> R
    ) throws -> R {
        guard var unboxed = T.fromScript(base) else {
            throw RuntimeFault(.type, "\(name): cannot be applied to \(base.dynamicType)")
        }
        guard case .object(var object) = base else {
            let result = try change(&unboxed)
            base = unboxed.scriptValue
            return result
        }
        // The box lets go of its value meanwhile, so that a unique storage stays unique.
        base = .void
        defer { base = .object(object) }
        guard isKnownUniquelyReferenced(&object) else {
            let result = try change(&unboxed)
            object = ForeignObject(unboxed, typeName: object.typeName)
            return result
        }
        object.base = ()
        defer { object.base = unboxed }
        return try change(&unboxed)
    }
}
