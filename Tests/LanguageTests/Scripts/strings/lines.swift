// Text of several lines, taken apart and put together.
let csv = "name,age\nAnn,30\nBob,25\n"
let rows = csv.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
print(rows, rows.count) // expect: [["name", "age"], ["Ann", "30"], ["Bob", "25"]] 3
let header = rows[0]
let records = rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
print(records.map { $0["name"]! }, records.compactMap { Int($0["age"]!) }.reduce(0, +)) // expect: ["Ann", "Bob"] 55
for (n, line) in csv.split(separator: "\n", omittingEmptySubsequences: false).enumerated() { print(n, line.isEmpty ? "-" : String(line), terminator: "|") }
print() // expect: 0 name,age|1 Ann,30|2 Bob,25|3 -|
print(csv.components(separatedBy: "\n").count, csv.filter { $0 == "\n" }.count) // expect: 4 3
print(rows.map { $0.joined(separator: "\t") }.joined(separator: "\n"))
// expect: name	age
// expect: Ann	30
// expect: Bob	25
print("a\n\nb".split(separator: "\n").count, "a\n\nb".split(separator: "\n", omittingEmptySubsequences: false).count) // expect: 2 3
