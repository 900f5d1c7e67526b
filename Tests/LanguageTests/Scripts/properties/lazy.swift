struct Report {
    let name: String
    lazy var text: String = {
        print("computing")
        return name.uppercased()
    }()
    lazy var length = text.count
}
var report = Report(name: "abc")
print("made")
print(report.text)
print(report.text, report.length)
report.text = "changed"
print(report.text, report.length)
// expect: made
// expect: computing
// expect: ABC
// expect: ABC 3
// expect: changed 3
