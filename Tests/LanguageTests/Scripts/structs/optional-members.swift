struct Address { var street: String; var number: Int? }
struct Person {
    var name: String
    var address: Address?
    var friends: [Person] = []
    func initial() -> Character? { name.first }
}
var ada = Person(name: "Ada")
print(ada.address?.street ?? "unknown", ada.initial() ?? "?")
ada.address?.street = "nowhere"
print(ada.address == nil)
ada.address = Address(street: "Main")
ada.address?.number = 4
ada.address!.street += " Street"
print(ada.address?.street ?? "", ada.address?.number ?? 0)
ada.friends.append(Person(name: "Bob", address: Address(street: "Oak", number: nil)))
print(ada.friends[0].address?.number as Any, ada.friends.first?.address?.street.count ?? 0)
ada.friends[0].address?.number = 12
print(ada.friends.first?.address?.number ?? -1)
// expect: unknown A
// expect: true
// expect: Main Street 4
// expect: nil 3
// expect: 12
