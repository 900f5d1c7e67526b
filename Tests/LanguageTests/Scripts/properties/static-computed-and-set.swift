struct Settings {
    private static var storage: [String: Int] = [:]
    static var depth: Int {
        get { storage["depth"] ?? 1 }
        set { storage["depth"] = newValue }
    }
}
print(Settings.depth)
Settings.depth = 5
Settings.depth += 2
print(Settings.depth)
// expect: 1
// expect: 7
