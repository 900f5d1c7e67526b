enum Stop: Error { case now }
func fill(_ list: inout [Int], upTo n: Int) throws {
    for i in 0..<10 {
        if i == n { throw Stop.now }
        list.append(i)
    }
}
struct Store { var items: [Int] = []; mutating func load() throws { try fill(&items, upTo: 2) } }
var list = [100]
do { try fill(&list, upTo: 3) } catch { print("stopped:", error) }
print(list)
var store = Store()
try? store.load()
print(store.items)
// expect: stopped: now
// expect: [100, 0, 1, 2]
// expect: [0, 1]
