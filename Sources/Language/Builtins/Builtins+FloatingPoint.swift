extension Builtins {
    /// What Double and Float have in common, declared once for each.
    static var floatingPoint: [Binding] {
        floating(Double.self, "Double") { .double($0) }
            + floating(Float.self, "Float") { .float($0) } + roundingRules
            + [
                "Int", "Double", "Float", "Bool", "Character", "String", "Substring", "Array",
                "ArraySlice", "Set", "Dictionary", "Range",
            ].map { owner in
                member(owner, "description: String", "Its text.") { .string($0[0].description) }
            }
    }

    private static func floating<F: BinaryFloatingPoint & ScriptConvertible>(
        _ type: F.Type, _ owner: String, _ value: @escaping (F) -> Value
    ) -> [Binding] {
        func number(_ argument: Value) throws -> F {
            guard let number = F.fromScript(argument) else { throw wrong(owner, argument) }
            return number
        }
        func constant(_ name: String, _ summary: String, _ number: F) -> Binding {
            self.static(owner, "\(name): \(owner)", summary) { _ in value(number) }
        }
        func function(_ name: String, _ summary: String, _ body: @escaping (F) -> F) -> Binding {
            member(owner, "\(name): \(owner)", summary) { value(body(try number($0[0]))) }
        }
        func test(_ name: String, _ summary: String, _ body: @escaping (F) -> Bool) -> Binding {
            member(owner, "\(name): Bool", summary) { .bool(body(try number($0[0]))) }
        }
        // Only Double stands in registers.
        func inRegisters(_ row: Binding, _ body: @escaping (Double) -> Double) -> Binding {
            guard F.self == Double.self else { return row }
            return row.unboxed { Machine.bits(body(Machine.double($0[0]))) }
        }
        return [
            constant("pi", "The circle's number.", .pi),
            constant("infinity", "Infinity.", .infinity),
            constant("nan", "Not a number.", .nan),
            constant(
                "greatestFiniteMagnitude", "The greatest finite one.", .greatestFiniteMagnitude),
            constant("leastNormalMagnitude", "The least normal one.", .leastNormalMagnitude),
            constant("leastNonzeroMagnitude", "The least above 0.", .leastNonzeroMagnitude),
            constant("ulpOfOne", "From 1 to the next above.", .ulpOfOne),
            function("magnitude", "The absolute value.") { $0.magnitude },
            function("ulp", "From it to the next above.") { $0.ulp },
            function("nextUp", "The next above.") { $0.nextUp },
            function("nextDown", "The next below.") { $0.nextDown },
            test("isNaN", "Whether it is no number.") { $0.isNaN },
            test("isFinite", "Whether it is finite.") { $0.isFinite },
            test("isInfinite", "Whether it is infinite.") { $0.isInfinite },
            test("isZero", "Whether it is 0 or -0.") { $0.isZero },
            inRegisters(
                member(owner, "squareRoot() -> \(owner)", "The square root.") {
                    value(try number($0[0]).squareRoot())
                }
            ) { $0.squareRoot() },
            member(
                owner,
                "rounded(_ rule: FloatingPointRoundingRule = toNearestOrAwayFromZero) -> \(owner)",
                "A whole number near it."
            ) {
                value(try number($0[0]).rounded(try rule($0[1])))
            },
            change(
                owner, "round(_ rule: FloatingPointRoundingRule = toNearestOrAwayFromZero)",
                "Makes it whole."
            ) { base, a in
                base = value(try number(base).rounded(try rule(a[0])))
                return .void
            },
            member(
                owner, "truncatingRemainder(dividingBy other: \(owner)) -> \(owner)",
                "What a division to a whole number leaves."
            ) {
                value(try number($0[0]).truncatingRemainder(dividingBy: try number($0[1])))
            },
            member(
                owner, "remainder(dividingBy other: \(owner)) -> \(owner)",
                "What a division to the nearest whole number leaves."
            ) {
                value(try number($0[0]).remainder(dividingBy: try number($0[1])))
            },
        ]
    }

    private static let rules: [(String, FloatingPointRoundingRule, String)] = [
        ("up", .up, "Towards infinity."), ("down", .down, "Towards minus infinity."),
        ("towardZero", .towardZero, "Towards 0."),
        ("awayFromZero", .awayFromZero, "Away from 0."),
        ("toNearestOrEven", .toNearestOrEven, "To the nearest; a half to the even one."),
        (
            "toNearestOrAwayFromZero", .toNearestOrAwayFromZero,
            "To the nearest; a half away from 0."
        ),
    ]

    private static func rule(_ value: Value) throws -> FloatingPointRoundingRule {
        guard case .string(let name) = value, let rule = rules.first(where: { $0.0 == name }) else {
            return .toNearestOrAwayFromZero
        }
        return rule.1
    }

    private static var roundingRules: [Binding] {
        let owner = "FloatingPointRoundingRule"
        return rules.map { name, _, summary in
            self.static(owner, "\(name): \(owner)", summary) { _ in .string(name) }
        }
    }
}
