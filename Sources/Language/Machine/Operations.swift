import Glibc

/// What the operators do with values, where the machine has no instruction of their own for it.
enum Operations {
    static func integer(_ operation: BinaryOperator, _ a: Int, _ b: Int) throws -> Int {
        let (value, overflow): (Int, Bool)
        switch operation {
        case .add: (value, overflow) = a.addingReportingOverflow(b)
        case .subtract: (value, overflow) = a.subtractingReportingOverflow(b)
        case .multiply: (value, overflow) = a.multipliedReportingOverflow(by: b)
        case .divide:
            if b == 0 { throw RuntimeFault(.arithmetic, "division by zero: \(a) / 0") }
            (value, overflow) = a.dividedReportingOverflow(by: b)
        case .remainder:
            if b == 0 {
                throw RuntimeFault(.arithmetic, "remainder of a division by zero: \(a) % 0")
            }
            (value, overflow) = (b == -1 ? 0 : a % b, false)
        case .power: return try power(a, b)
        case .addWrapping: return a &+ b
        case .subtractWrapping: return a &- b
        case .multiplyWrapping: return a &* b
        case .and: return a & b
        case .or: return a | b
        case .xor: return a ^ b
        case .shiftLeft: return a << b
        case .shiftRight: return a >> b
        default: return 0
        }
        if overflow {
            throw RuntimeFault(
                .arithmetic, "overflow: \(a) \(operation.symbol) \(b) does not fit in Int")
        }
        return value
    }

    static func power(_ base: Int, _ exponent: Int) throws -> Int {
        if exponent < 0 {
            throw RuntimeFault(
                .arithmetic, "\(base) ** \(exponent): a negative power of Int has no Int value",
                suggestion: "write Double(\(base)) ** \(exponent)")
        }
        var result = 1
        var factor = base
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 {
                let (value, overflow) = result.multipliedReportingOverflow(by: factor)
                if overflow {
                    throw RuntimeFault(
                        .arithmetic, "overflow: \(base) ** \(exponent) does not fit in Int")
                }
                result = value
            }
            rest >>= 1
            if rest > 0 {
                let (value, overflow) = factor.multipliedReportingOverflow(by: factor)
                if overflow {
                    throw RuntimeFault(
                        .arithmetic, "overflow: \(base) ** \(exponent) does not fit in Int")
                }
                factor = value
            }
        }
        return result
    }

    static func power(_ base: Double, _ exponent: Double) -> Double { Glibc.pow(base, exponent) }

    static func compare<T: Comparable>(_ operation: BinaryOperator, _ a: T, _ b: T) -> Bool {
        switch operation {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greater: a > b
        default: a >= b
        }
    }

    static func floating<T: BinaryFloatingPoint>(
        _ operation: BinaryOperator, _ a: T, _ b: T
    ) -> T? {
        switch operation {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        case .power: T(Glibc.pow(Double(a), Double(b)))
        default: nil
        }
    }

    /// The operation on two values of types known only now; `nil` where no built-in one fits.
    static func builtIn(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws -> Value?
    {
        switch (left, right) {
        case (.int(let a), .int(let b)):
            return operation.isComparison
                ? .bool(compare(operation, a, b)) : .int(try integer(operation, a, b))
        case (.double(let a), .double(let b)): return number(operation, a, b)
        case (.int(let a), .double(let b)): return number(operation, Double(a), b)
        case (.double(let a), .int(let b)): return number(operation, a, Double(b))
        case (.float(let a), .float(let b)):
            if operation.isComparison { return .bool(compare(operation, a, b)) }
            return floating(operation, a, b).map(Value.float)
        case (.string(let a), .string(let b)):
            if operation.isComparison { return .bool(compare(operation, a, b)) }
            guard operation == .add else { return nil }
            try Machine.checkRoom(bytes: a.utf8.count + b.utf8.count)
            return .string(a + b)
        case (.character(let a), .character(let b)):
            return operation.isComparison ? .bool(compare(operation, a, b)) : nil
        case (.array(let a), .array(let b)) where operation == .add:
            try Machine.checkRoom(a.count + b.count)
            return .array(a + b)
        case (.index(let a), .index(let b)):
            return operation.isComparison ? .bool(compare(operation, a, b)) : nil
        case (.substring, .string), (.string, .substring), (.substring, .substring):
            return try texts(operation, left, right)
        case (.array(let a), .slice(let b)) where operation == .add:
            try Machine.checkRoom(a.count + b.count)
            return .array(a + b)
        case (.slice(let a), .array(let b)) where operation == .add:
            try Machine.checkRoom(a.count + b.count)
            return .slice(a + b)
        case (.slice(let a), .slice(let b)) where operation == .add:
            try Machine.checkRoom(a.count + b.count)
            return .slice(a + b)
        case (.tuple(let a), .tuple(let b)) where operation.isComparison && !operation.isEquality:
            return try tuples(operation, a, b)
        case (.enumeration(let a), .enumeration(let b))
        where operation.isComparison && !operation.isEquality && a.type.ordersByCase:
            switch operation {
            case .less: return .bool(try EnumValue.precedes(a, b))
            case .greater: return .bool(try EnumValue.precedes(b, a))
            case .lessOrEqual: return .bool(try !EnumValue.precedes(b, a))
            default: return .bool(try !EnumValue.precedes(a, b))
            }
        default: break
        }
        guard operation.isEquality else { return nil }
        switch (left, right) {
        case (.object, _), (_, .object), (.function, .function): return nil
        default: return .bool((left == right) == (operation == .equal))
        }
    }

    private static func number(_ operation: BinaryOperator, _ a: Double, _ b: Double) -> Value? {
        if operation.isComparison { return .bool(compare(operation, a, b)) }
        return floating(operation, a, b).map(Value.double)
    }

    /// A text with part of one; the sum is of the kind of the left one.
    private static func texts(
        _ operation: BinaryOperator, _ left: Value, _ right: Value
    ) throws -> Value? {
        let (a, b) = (left.description, right.description)
        if operation.isComparison { return .bool(compare(operation, a, b)) }
        guard operation == .add else { return nil }
        try Machine.checkRoom(bytes: a.utf8.count + b.utf8.count)
        if case .substring = left { return .substring((a + b)[...]) }
        return .string(a + b)
    }

    private static func tuples(
        _ operation: BinaryOperator, _ a: ScriptTuple, _ b: ScriptTuple
    ) throws -> Value? {
        for (x, y) in zip(a.elements, b.elements) where x != y {
            return try builtIn(operation, x, y)
        }
        return .bool(operation == .lessOrEqual || operation == .greaterOrEqual)
    }
}
