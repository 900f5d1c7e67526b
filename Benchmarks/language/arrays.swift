// Fills an array, changes it in place, sums it by index and by element.
func run(_ count: Int, _ rounds: Int) -> Int {
    var total = 0
    for round in 0..<rounds {
        var values: [Int] = []
        for i in 0..<count { values.append(i * 3 + round) }
        for i in 0..<values.count { values[i] += i % 7 }
        var sum = 0
        for i in 0..<values.count { sum += values[i] }
        for value in values { sum -= value / 2 }
        total += sum + values[count - 1]
    }
    return total
}

print(run(100_000, 10))
