enum Constants {
    static let size = 28
    static func scaled(_ k: Int) -> Int { size * k }
    enum Colors { static let background = "white" }
    struct Font { var name = "mono"; static let standard = Font(name: "serif") }
}
print(Constants.size, Constants.scaled(2), Constants.Colors.background)
print(Constants.Font().name, Constants.Font.standard.name)
// expect: 28 56 white
// expect: mono serif
