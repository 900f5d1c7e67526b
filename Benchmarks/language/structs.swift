// Methods of a structure, changing and not; structures inside structures and arrays.
struct Vector {
    var x: Double
    var y: Double
    func dot(_ other: Vector) -> Double { x * other.x + y * other.y }
    func plus(_ other: Vector) -> Vector { Vector(x: x + other.x, y: y + other.y) }
    mutating func scale(by factor: Double) {
        x *= factor
        y *= factor
    }
}

struct Account {
    var balance = 0
    var entries = 0
    mutating func deposit(_ amount: Int) {
        balance += amount
        entries += 1
    }
    func average() -> Int { entries == 0 ? 0 : balance / entries }
}

func vectors(_ count: Int) -> Double {
    var position = Vector(x: 0.0, y: 1.0)
    let step = Vector(x: 0.5, y: 0.25)
    var sum = 0.0
    for i in 0..<count {
        position = position.plus(step)
        sum += position.dot(step)
        if i % 10 == 0 { position.scale(by: 0.5) }
    }
    return sum
}

func accounts(_ count: Int) -> Int {
    var accounts = (0..<10).map { Account(balance: $0) }
    var sum = 0
    for i in 0..<count {
        accounts[i % 10].deposit(i % 100)
        sum += accounts[i % 10].average()
    }
    return sum
}

print(vectors(400_000))
print(accounts(400_000))
