struct Config {
    static let version = 3
    static var users = ["root"]
    static var count: Int { users.count }
    static func add(_ user: String) -> Int {
        users.append(user)
        return count
    }
    let id: Int
    init() {
        id = Config.users.count
        Self.users.append("user\(id)")
    }
    var label: String { "v\(Self.version).\(id)" }
}
print(Config.version, Config.add("ada"))
let config = Config()
print(config.label, Config.users)
Config.users[0] = "admin"
Config.users.removeLast()
print(Config.users, Config.count)
// expect: 3 2
// expect: v3.2 ["root", "ada", "user2"]
// expect: ["admin", "ada"] 2
