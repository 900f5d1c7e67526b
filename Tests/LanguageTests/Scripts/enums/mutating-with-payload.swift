enum Light {
    case red(wait: Int), green(wait: Int)
    mutating func tick() {
        switch self {
        case .red(let n) where n > 0: self = .red(wait: n - 1)
        case .red: self = .green(wait: 2)
        case .green(0): self = .red(wait: 1)
        case .green(let n): self = .green(wait: n - 1)
        }
    }
}
var light = Light.red(wait: 1)
for _ in 0..<5 {
    light.tick()
    print(light)
}
// expect: red(wait: 0)
// expect: green(wait: 2)
// expect: green(wait: 1)
// expect: green(wait: 0)
// expect: red(wait: 1)
