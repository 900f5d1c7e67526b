struct Cart {
    var items: [String] = [] {
        didSet { print("\(oldValue.count) -> \(items.count)") }
    }
    var position = (x: 0, y: 0) {
        didSet { print("moved to \(position.x), \(position.y)") }
    }
}
var cart = Cart()
cart.items.append("pen")
cart.items += ["cup", "tea"]
cart.items[0] = "pencil"
cart.items.removeAll()
cart.position.x = 4
func shift(_ n: inout Int) { n += 10 }
shift(&cart.position.y)
print(cart.position)
struct Lamp {
    var isOn = false { didSet { print(isOn ? "on" : "off") } }
    var uses = 0 { didSet { print("uses", uses) } }
}
var lamp = Lamp()
lamp.isOn.toggle()
lamp.uses += 1
// expect: 0 -> 1
// expect: 1 -> 3
// expect: 3 -> 3
// expect: 3 -> 0
// expect: moved to 4, 0
// expect: moved to 4, 10
// expect: (x: 4, y: 10)
// expect: on
// expect: uses 1
