// Optional chaining: nil anywhere makes the whole nil.
struct Address { var city: String?; var numbers: [Int] = [1, 2] }
struct Person { var name: String; var address: Address? }
var p = Person(name: "Ann", address: Address(city: "Rome"))
print(p.address?.city?.count ?? -1, p.address?.numbers[1] ?? -1, p.address?.numbers.first ?? -1) // expect: 4 2 1
p.address?.city = "Oslo"
p.address?.numbers[0] += 5
p.address?.numbers.append(9)
print(p.address!.city!, p.address!.numbers) // expect: Oslo [6, 2, 9]
p.address = nil
p.address?.city = "lost"
print(p.address?.city?.uppercased() ?? "nowhere", p.address == nil ? "none" : "some") // expect: nowhere none
let words: [String]? = ["a", "b"]
print(words?.count ?? 0, words?[1] ?? "", words?.map { $0 + "!" } ?? []) // expect: 2 b ["a!", "b!"]
var d: [String: [Int]] = ["a": [1]]
d["a"]?.append(2)
d["b"]?.append(3)
print(d["a"]!, d["b"] == nil, d["a"]?.count ?? 0, d["a"]?[0] ?? 0) // expect: [1, 2] true 2 1
extension Address: Equatable {}
