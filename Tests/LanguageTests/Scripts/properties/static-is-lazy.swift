// A static property is computed where it is first used, once.
struct Cache {
    static let table: [Int] = {
        print("building")
        return [1, 2, 3]
    }()
    static var hits = 0
    static func use(_ i: Int) -> Int {
        hits += 1
        return table[i]
    }
}
print("start")
print(Cache.use(1))
print(Cache.use(2), Cache.hits)
// expect: start
// expect: building
// expect: 2
// expect: 3 2
