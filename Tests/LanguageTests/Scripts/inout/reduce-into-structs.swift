struct Stats { var count = 0; var total = 0.0; var mean: Double { total / Double(count) } }
let stats = [1.0, 2.0, 6.0].reduce(into: Stats()) { s, x in
    s.count += 1
    s.total += x
}
print(stats.count, stats.mean)
let groups = ["apple", "avocado", "bean"].reduce(into: [Character: [String]]()) {
    $0[$1.first!, default: []].append($1)
}
print(groups["a"] ?? [], groups["b"] ?? [])
// expect: 3 3.0
// expect: ["apple", "avocado"] ["bean"]
