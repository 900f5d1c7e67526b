/// Members, operators and calls that are found when the program runs.
extension Interpreter {
    func conforms(_ name: String, to other: String) -> Bool { index.conforms(name, to: other) }

    /// The type that two foreign types both are.
    func sharedConformance(_ a: String, _ b: String) -> String? {
        if conforms(a, to: b) { return b }
        if conforms(b, to: a) { return a }
        return index.types[a]?.conformsTo.first { conforms(b, to: $0) }
    }

    /// How to go through a foreign value; `nil` where it is no sequence.
    func elements(of object: ForeignObject) throws -> (() throws -> Value?)? {
        try index.types[object.typeName]?.iterate?(object.base)
    }

    /// Gives a foreign value the text hook of its type.
    func adopt(_ value: Value) {
        switch value {
        case .object(let object):
            if object.describe == nil {
                // In a loop one type follows itself.
                if lastAdopted.name != object.typeName {
                    lastAdopted = (object.typeName, index.types[object.typeName]?.describe)
                }
                object.describe = lastAdopted.describe
            }
        case .array(let values): if case .object? = values.first { values.forEach(adopt) }
        case .dictionary(let pairs):
            if case .object? = pairs.first?.value { pairs.values.forEach(adopt) }
        case .some(let inner): adopt(inner)
        case .tuple(let tuple): tuple.elements.forEach(adopt)
        default: break
        }
    }

    func functionValue(_ name: String, _ rows: [Binding]) -> Value {
        .function(
            ScriptFunction(
                name: name, type: rows.count == 1 ? rows[0].functionType : .any,
                body: .native { [unowned self] values in
                    try callRows(rows, name, nil, values, labels: nil)
                }, machine: machine))
    }

    /// Applies an operator of a script or of the library; `nil` where none fits.
    func applyOperator(_ name: String, _ operands: [Value]) throws -> Value? {
        for function in operators[name] ?? []
        where function.parameters.count == operands.count
            && zip(operands, function.parameters).allSatisfy({ machine.matches($0, $1.type) })
        {
            return try machine.reenter(
                function.context.prototype, captures: [], arguments: operands)
        }
        if let derived = try derivedComparison(name, operands) { return derived }
        for row in index.operators[name] ?? []
        where row.parameters.count == operands.count
            && zip(operands, row.parameters).allSatisfy({ machine.accepts($0, $1.type) })
        {
            return try machine.call(row, operands)
        }
        return nil
    }

    /// `>`, `<=` and `>=` of a script's Comparable type, by its `<`.
    private func derivedComparison(_ name: String, _ operands: [Value]) throws -> Value? {
        guard operands.count == 2, let info = declaredInfo(operands[0]),
            info.type === declaredInfo(operands[1])?.type, let less = info.type.less,
            info.type.conformances.contains("Comparable")
        else { return nil }
        let isSwapped = name == ">" || name == "<="
        guard isSwapped || name == ">=",
            case .bool(let answer) = try less.call(isSwapped ? operands.reversed() : operands)
        else { return nil }
        return .bool(name == ">" ? answer : !answer)
    }

    // MARK: Calls

    /// The arguments of a row in the order of its parameters; `nil` where they do not fit.
    private func arranged(_ row: Binding, _ values: [Value], _ labels: [String?]?) -> [Value]? {
        var result: [Value] = []
        var position = 0
        for parameter in row.parameters {
            if parameter.style == .variadic {
                var items: [Value] = []
                while position < values.count,
                    labels == nil || labels?[position] == (items.isEmpty ? parameter.label : nil),
                    machine.accepts(values[position], parameter.type)
                {
                    items.append(values[position])
                    position += 1
                }
                result.append(.array(items))
                continue
            }
            let isLabelled =
                position >= values.count || labels == nil || labels?[position] == parameter.label
                || labels?[position] == nil && isFunction(values[position])
            if position < values.count, isLabelled,
                parameter.style == .builder || machine.accepts(values[position], parameter.type)
            {
                result.append(values[position])
                position += 1
            } else if let value = parameter.defaultValue {
                result.append(value)
            } else {
                return nil
            }
        }
        return position == values.count ? result : nil
    }

    private func isFunction(_ value: Value) -> Bool {
        if case .function = value { true } else { false }
    }

    private func callRows(
        _ rows: [Binding], _ name: String, _ base: Value?, _ values: [Value], labels: [String?]?
    ) throws -> Value {
        for row in rows {
            if let arguments = arranged(row, values, labels) {
                return try machine.call(row, (base.map { [$0] } ?? []) + arguments)
            }
        }
        let given = values.map(\.dynamicType.description).joined(separator: ", ")
        throw RuntimeFault(
            .argument, "\(name) cannot be called with (\(given))",
            suggestion: rows.first.map { "it is declared as \($0.signature)" })
    }

    func callFree(_ call: DynamicCall, _ arguments: [Value]) throws -> Value {
        if let value = try? applyOperator(call.name, arguments), Precedence.of(call.name) != nil {
            return value
        }
        if call.name.hasSuffix(".init") {
            let owner = String(call.name.dropLast(5))
            return try callRows(
                index.initializers[owner] ?? [], owner, nil, arguments, labels: call.labels)
        }
        return try callRows(
            index.functions[call.name] ?? [], call.name, nil, arguments, labels: call.labels)
    }

    func callMember(_ call: DynamicCall, on target: Machine.Target, _ arguments: [Value]) throws
        -> Value
    {
        let base = target.pointee
        if let info = declaredInfo(base), let methods = info.methods[call.name],
            call.name != "callAsFunction" || !isWitness(methods, of: info)
        {
            let (method, arranged) = try choose(methods, call, arguments)
            let prototype = method.context.prototype
            if method.isMutating {
                return try machine.reenterMutating(prototype, &target.pointee, arranged)
            }
            return try machine.reenter(prototype, captures: [], arguments: [base] + arranged)
        }
        if let rows = rows(call.name, of: base) {
            for row in rows {
                if case .property = row.kind { continue }
                guard let arranged = arranged(row, arguments, call.labels) else { continue }
                if case .mutating(let body) = row.implementation {
                    return try body(&target.pointee, arranged)
                }
                return try machine.call(row, [base] + arranged)
            }
            if case .property? = rows.first?.kind {
            } else {
                return try callRows(rows, call.name, base, arguments, labels: call.labels)
            }
        }
        if case .some(let inner) = base {
            var content = inner
            return try callMember(call, on: &content, arguments)
        }
        if call.name == "callAsFunction" {
            throw RuntimeFault(.type, "a value of type \(base.dynamicType) cannot be called")
        }
        if case .function(let function) = try machine.member(call.name, of: base) {
            return try function.call(arguments)
        }
        throw unknown(call.name, base)
    }

    /// The rows of a member of a value: those of its type, or of what a script's type conforms to.
    func rows(_ name: String, of value: Value) -> [Binding]? {
        if let info = declaredInfo(value) { return index.member(name, of: info.type) }
        return index.member(name, of: value.dynamicType.memberTable)
    }

    /// The overload that a call by name means, and its arguments with the defaults among them.
    private func choose(
        _ methods: [FunctionDeclaration], _ call: DynamicCall, _ arguments: [Value]
    ) throws -> (FunctionDeclaration, [Value]) {
        for labels in [call.labels, nil] {
            for method in methods {
                if let arranged = try arranged(method, arguments, labels) {
                    return (method, arranged)
                }
            }
        }
        let given = arguments.map(\.dynamicType.description).joined(separator: ", ")
        throw RuntimeFault(
            .argument, "\(call.name) cannot be called with (\(given))",
            suggestion: "it is declared as \(methods[0].signature)")
    }

    /// The arguments of a script's function in the order of its parameters; `nil` where they do
    /// not fit.
    private func arranged(
        _ function: FunctionDeclaration, _ values: [Value], _ labels: [String?]?
    ) throws -> [Value]? {
        var result: [Value] = []
        var position = 0
        for (parameter, initial) in zip(function.parameters, function.defaults) {
            func fits(_ label: String?) -> Bool {
                guard position < values.count else { return false }
                return (labels.map { $0[position] == label } ?? true)
                    && machine.accepts(values[position], parameter.type)
            }
            if parameter.style == .variadic {
                var items: [Value] = []
                while fits(items.isEmpty ? parameter.label : nil) {
                    items.append(try machine.convert(values[position], to: parameter.type))
                    position += 1
                }
                result.append(.array(items))
            } else if fits(parameter.label) || fits(nil) && isFunction(values[position]) {
                result.append(try machine.convert(values[position], to: parameter.type))
                position += 1
            } else if let initial {
                result.append(try value(of: initial))
            } else {
                return nil
            }
        }
        return position == values.count ? result : nil
    }

    /// What a default gives: a function computes it unless it is written out.
    private func value(of initial: Expr) throws -> Value {
        if case .call(let function, _) = initial.kind {
            return try machine.reenter(
                function.context.prototype, captures: [], arguments: [])
        }
        switch initial.kind {
        case .int(let number): return .int(number)
        case .double(let number): return .double(number)
        case .bool(let flag): return .bool(flag)
        case .constant(let value): return value
        default: return .void
        }
    }

    func declaredInfo(_ value: Value) -> DeclaredTypeInfo? {
        switch value {
        case .structure(let instance): declaredTypes[instance.type.id]
        case .enumeration(let value): declaredTypes[value.type.id]
        default: nil
        }
    }

    func unknown(_ name: String, _ base: Value) -> RuntimeFault {
        let type = base.dynamicType
        if type == .void { return Machine.missing }
        if case .optional = type {
            return RuntimeFault(
                .type, "this is \(type): '\(name)' needs the value inside",
                suggestion: "use ?. or if let")
        }
        let hint = index.hints["\(type.memberTable).\(name)"] ?? index.hints[name]
        let names =
            declaredInfo(base).map { $0.memberNames + index.memberNames(of: $0.type) }
            ?? index.memberNames(of: type.memberTable)
        return RuntimeFault(
            .name, "\(type) has no '\(name)'",
            suggestion: hint.map { "use \($0)" }
                ?? Spelling.closest(to: name, in: names).map { "did you mean .\($0)?" })
    }

    // MARK: Elements and properties

    func subscriptDynamic(_ base: Value, _ arguments: [Value], labels: [String?]?) throws -> Value {
        if let info = declaredInfo(base),
            let (found, arguments) = try chosenSubscript(of: info, arguments, labels)
        {
            return try machine.reenter(
                found.get.context.prototype, captures: [], arguments: [base] + arguments)
        }
        guard let rows = rows("subscript", of: base) else {
            throw RuntimeFault(.type, "\(base.dynamicType) has no [ ]")
        }
        return try callRows(rows, "subscript", base, arguments, labels: labels)
    }

    private func chosenSubscript(
        of info: DeclaredTypeInfo, _ arguments: [Value], _ labels: [String?]?
    ) throws -> (DeclaredTypeInfo.Subscript, [Value])? {
        for labels in [labels, nil] {
            for candidate in info.subscripts {
                if let arranged = try arranged(candidate.get, arguments, labels) {
                    return (candidate, arranged)
                }
            }
        }
        return nil
    }

    func modifyMember(
        _ name: String, of target: Machine.Target, isStore: Bool,
        _ body: (Machine.Target) throws -> Void
    ) throws {
        if case .structure(var instance) = target.pointee,
            let field = instance.type.fieldIndex(name),
            declaredTypes[instance.type.id]?.setters[name] == nil
        {
            if instance.type.fields[field].isConstant {
                throw RuntimeFault(.type, "'\(name)' is a constant of \(instance.type.name)")
            }
            target.pointee = .void
            if !isKnownUniquelyReferenced(&instance) {
                instance = instance.copy()
            }
            defer { target.pointee = .structure(instance) }
            var value = instance[field]
            try body(&value)
            instance[field] = try machine.convert(
                value, to: instance.type.fields[field].type)
            return
        }
        var value = isStore ? .void : try machine.member(name, of: target.pointee)
        try body(&value)
        if let info = declaredInfo(target.pointee), let setter = info.setters[name] {
            _ = try machine.reenterMutating(setter.context.prototype, &target.pointee, [value])
            return
        }
        guard let row = rows(name, of: target.pointee)?.first, let setter = row.setter
        else { throw unknown(name, target.pointee) }
        try setter(&target.pointee, value, [])
    }

    func modifySubscript(
        of target: Machine.Target, _ arguments: [Value], labels: [String?], isStore: Bool,
        _ body: (Machine.Target) throws -> Void
    ) throws {
        if let info = declaredInfo(target.pointee),
            let (found, arguments) = try chosenSubscript(of: info, arguments, labels),
            let setter = found.set
        {
            var value = try subscriptDynamic(target.pointee, arguments, labels: labels)
            try body(&value)
            _ = try machine.reenterMutating(
                setter.context.prototype, &target.pointee, arguments + [value])
            return
        }
        let type = target.pointee.dynamicType
        for row in rows("subscript", of: target.pointee) ?? [] {
            guard let setter = row.setter, let arranged = arranged(row, arguments, labels) else {
                continue
            }
            var value = isStore ? .void : try machine.call(row, [target.pointee] + arranged)
            try body(&value)
            try setter(&target.pointee, value, arranged)
            return
        }
        throw RuntimeFault(.type, "elements of \(type) cannot be set with [ ]")
    }
}

extension Machine {
    /// A property, or a method as a function, of a value whose type is known only now.
    func member(_ name: String, of value: Value) throws -> Value {
        switch value {
        case .structure(let instance):
            if let index = instance.type.fieldIndex(name) { return instance.fields[index] }
        case .tuple(let tuple):
            if let index = Int(name) ?? tuple.labels.firstIndex(of: name),
                tuple.elements.indices.contains(index)
            {
                return tuple.elements[index]
            }
        case .enumeration(let item) where name == "rawValue":
            if let raw = item.type.cases[item.index].rawValue { return raw }
        case .object(let object) where object.typeName == "Error":
            if name == "localizedDescription" || name == "description" || name == "message" {
                return .string(value.description)
            }
        default: break
        }
        if let info = interpreter.declaredInfo(value) {
            if let getter = info.getters[name] {
                guard getter.isMutating else {
                    return try reenter(getter.context.prototype, captures: [], arguments: [value])
                }
                var copy = value
                return try reenterMutating(getter.context.prototype, &copy, [])
            }
            if info.methods[name] != nil { return bound(name, value) }
        }
        if let row = interpreter.rows(name, of: value)?.first {
            if case .property = row.kind { return try call(row, [value]) }
            return bound(name, value)
        }
        if case .some(let inner) = value { return try member(name, of: inner) }
        throw interpreter.unknown(name, value)
    }

    private func bound(_ name: String, _ value: Value) -> Value {
        .function(
            ScriptFunction(
                name: name, type: .any,
                body: .native { [unowned self] arguments in
                    var base = value
                    return try interpreter.callMember(
                        DynamicCall(
                            name: name, labels: arguments.map { _ in nil },
                            hasTrailingClosure: false),
                        on: &base, arguments)
                }, machine: self))
    }
}
