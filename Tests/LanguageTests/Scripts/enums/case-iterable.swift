enum Season: String, CaseIterable {
    case spring, summer, autumn, winter
    var next: Season {
        let all = Season.allCases
        let i = all.firstIndex(of: self) ?? 0
        return all[(i + 1) % all.count]
    }
}
for season in Season.allCases { print(season, season.next.rawValue) }
print(Season.allCases.count, Season.allCases.map { $0.rawValue.count }.reduce(0, +))
// expect: spring summer
// expect: summer autumn
// expect: autumn winter
// expect: winter spring
// expect: 4 24
