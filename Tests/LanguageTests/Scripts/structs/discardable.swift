struct Log {
    private(set) var lines: [String] = []
    @discardableResult
    mutating func write(_ line: String) -> Int {
        lines.append(line)
        return lines.count
    }
}
var log = Log()
log.write("one")
print(log.write("two"), log.lines)
// expect: 2 ["one", "two"]
