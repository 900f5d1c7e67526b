struct Style: Equatable {
    var size = 1
    var bold = false
    static let plain = Style()
    static var title: Style { Style(size: 5, bold: true) }
    static func sized(_ n: Int) -> Style { Style(size: n) }
}
func show(_ s: Style, in other: Style? = nil) -> String { "\(s.size)\(s.bold ? "b" : "")\(other.map { " in \($0.size)" } ?? "")" }
print(show(.plain), show(.title), show(.sized(3)), show(.init(size: 9)), show(.plain, in: .title))
let styles: [Style] = [.plain, .title, .sized(2)]
print(styles.map { $0.size }, styles[0] == .plain)
var current: Style = .title
current = .sized(7)
print(current.size)
extension Style {
    func bigger(by n: Int = 1) -> Style { Style(size: size + n, bold: bold) }
    var strong: Style { Style(size: size, bold: true) }
}
let chained: Style = .plain.bigger().strong
print(show(chained), show(.sized(4).bigger(by: 2)), show(.title.bigger().bigger(by: 3)))
// expect: 1 5b 3 9 1 in 5
// expect: [1, 5, 2] true
// expect: 7
// expect: 2b 6 9b
