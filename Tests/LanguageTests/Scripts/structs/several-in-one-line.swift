struct Box {
    var width, height: Double
    var depth = 1.0, label = "box"
    let a = 1, b = "two"
    var volume: Double { width * height * depth }
}
let box = Box(width: 2, height: 3)
print(box.volume, box.label, box.a, box.b)
print(Box(width: 1, height: 1, depth: 5, label: "tall"))
// expect: 6.0 box 1 two
// expect: Box(width: 1.0, height: 1.0, depth: 5.0, label: "tall", a: 1, b: "two")
