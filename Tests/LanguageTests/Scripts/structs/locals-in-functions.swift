func report() -> String {
    struct Line { var text: String; var width: Int { text.count } }
    enum Side { case left, right }
    func pad(_ line: Line, _ side: Side) -> String {
        let space = String(repeating: ".", count: 6 - line.width)
        return side == .left ? space + line.text : line.text + space
    }
    let lines = [Line(text: "ab"), Line(text: "abcd")]
    return lines.map { pad($0, .left) }.joined(separator: "|") + pad(lines[0], .right)
}
print(report())
// expect: ....ab|..abcdab....
