import SwiftSyntax

extension Checker {
    /// Refuses a `switch` that leaves a value of its subject to no case.
    func checkExhaustive(
        _ cases: [SwitchCase], _ type: ScriptType, _ node: SwitchExprSyntax
    ) throws(ScriptError) {
        if cases.contains(where: { $0.patterns.isEmpty }) { return }
        var rows: [[Shape]] = []
        for entry in cases {
            for (pattern, filter) in entry.patterns where filter == nil {
                rows.append([shape(pattern, type)])
            }
        }
        var search = Search(checker: self)
        let missing = search.missing(rows, type)
        guard let first = missing.first else { return }
        if let info = info(type), info.type.isEnumeration {
            throw error(
                .syntax, "this switch does not handle \(missing.joined(separator: ", "))",
                node.switchKeyword, suggestion: "add the case or default:")
        }
        throw error(
            .syntax, "this switch does not handle every value of \(type)", node.switchKeyword,
            suggestion: first == "_" ? "add default:" : "add case \(first): or default:")
    }

    /// What a pattern accepts, as far as that says whether everything is handled.
    indirect enum Shape {
        case anything
        /// One way to make a value of the type, by its number, with what it holds.
        case made(Int, [Shape])
        /// Some values of many.
        case some
    }

    private func shape(_ pattern: Pattern, _ type: ScriptType) -> Shape {
        if case .optional(let wrapped) = type {
            switch pattern {
            case .wildcard, .bind: return .anything
            case .optional(let inner): return .made(1, [shape(inner, wrapped)])
            case .value(let value):
                if case .constant(.none) = value.kind { return .made(0, []) }
                return .made(1, [shape(pattern, wrapped)])
            case .enumCase: return .made(1, [shape(pattern, wrapped)])
            default: return .some
            }
        }
        switch pattern {
        case .wildcard, .bind: return .anything
        case .value(let value):
            if case .box(let inner) = value.kind, case .bool(let flag) = inner.kind {
                return .made(flag ? 0 : 1, [])
            }
            return .some
        case .tuple(let patterns):
            guard case .tuple(let types, _) = type, types.count == patterns.count else {
                return .some
            }
            return .made(0, zip(patterns, types).map { shape($0, $1) })
        case .enumCase(let declared, let index, let payload):
            let types = declared.cases[index].payload.map(\.type)
            if payload.isEmpty { return .made(index, types.map { _ in .anything }) }
            return .made(index, zip(payload, types).map { shape($0, $1) })
        case .payload(let declared, let index, let tuple, let inner):
            guard case .anything = shape(inner, tuple) else { return .some }
            return .made(index, declared.cases[index].payload.map { _ in .anything })
        case .isType(let tested): return tested == type ? .anything : .some
        case .cast(let tested, let inner): return tested == type ? shape(inner, type) : .some
        case .optional: return .some
        }
    }

    /// The ways to make a value of a type; `nil` where they cannot be counted.
    private func makers(_ type: ScriptType) -> [(name: String, types: [ScriptType])]? {
        switch type {
        case .bool: return [("true", []), ("false", [])]
        case .optional(let wrapped): return [("nil", []), (".some", [wrapped])]
        case .tuple(let types, _): return [("", types)]
        default:
            guard let info = info(type), info.type.isEnumeration else { return nil }
            return info.type.cases.map { (".\($0.name)", $0.payload.map(\.type)) }
        }
    }

    /// Looks for values that no row of patterns accepts (Maranget, Warnings for pattern matching).
    private struct Search {
        let checker: Checker
        /// Patterns that take too long to tell apart count as handling everything.
        private var budget = 100_000

        init(checker: Checker) { self.checker = checker }

        /// Each way to make a value of the type that leaves one unhandled, as a pattern.
        mutating func missing(_ rows: [[Shape]], _ type: ScriptType) -> [String] {
            guard let makers = checker.makers(type), makers.count > 1,
                rows.contains(where: { if case .anything = $0[0] { false } else { true } })
            else { return unhandled(rows, [type]) ?? [] }
            return makers.indices.compactMap { index in
                unhandled(rows, [type], maker: index)?.first
            }
        }

        /// A pattern for each type, together a value that no row accepts; `nil` where there is none.
        private mutating func unhandled(_ rows: [[Shape]], _ types: [ScriptType]) -> [String]? {
            budget -= 1
            guard budget > 0, checker.stack.hasRoom else { return nil }
            guard let type = types.first else { return rows.isEmpty ? [] : nil }
            let isOpen = rows.allSatisfy { row in
                if case .made = row[0] { false } else { true }
            }
            if !isOpen, let makers = checker.makers(type) {
                for index in makers.indices {
                    if let found = unhandled(rows, types, maker: index) { return found }
                }
                return nil
            }
            let rest = rows.compactMap { row -> [Shape]? in
                if case .anything = row[0] { Array(row.dropFirst()) } else { nil }
            }
            return unhandled(rest, Array(types.dropFirst())).map { ["_"] + $0 }
        }

        /// As above, among the values that are made in one way.
        private mutating func unhandled(
            _ rows: [[Shape]], _ types: [ScriptType], maker index: Int
        ) -> [String]? {
            guard let maker = checker.makers(types[0])?[index] else { return nil }
            let count = maker.types.count
            let rest = rows.compactMap { row -> [Shape]? in
                switch row[0] {
                case .anything:
                    Array(repeating: .anything, count: count) + row.dropFirst()
                case .made(index, let held): held + row.dropFirst()
                default: nil
                }
            }
            guard let found = unhandled(rest, maker.types + types.dropFirst()) else { return nil }
            let held = found.prefix(count).joined(separator: ", ")
            let text = count == 0 ? maker.name : "\(maker.name)(\(held))"
            return [text] + found.dropFirst(count)
        }
    }
}
