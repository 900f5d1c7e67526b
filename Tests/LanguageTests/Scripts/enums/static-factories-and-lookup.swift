enum Unit: String, CaseIterable {
    case metre = "m", gram = "g", second = "s"
    static let byName: [String: Unit] = {
        var table: [String: Unit] = [:]
        for unit in allCases { table["\(unit)"] = unit }
        return table
    }()
    static func named(_ name: String) -> Unit? { byName[name] ?? Unit(rawValue: name) }
    var plural: String { "\(self)s" }
}
print(Unit.named("gram") == .gram, Unit.named("s") == .second, Unit.named("x") == nil)
print(Unit.allCases.map { $0.plural }, Unit.byName.count)
// expect: true true true
// expect: ["metres", "grams", "seconds"] 3
