// Counts numbers and words.
func numbers(_ count: Int) -> Int {
    var counts: [Int: Int] = [:]
    var state = 42
    for _ in 0..<count {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
        counts[state % 1_000, default: 0] += 1
    }
    var most = 0
    for (_, count) in counts {
        if count > most { most = count }
    }
    return most
}

func words(_ text: String, _ rounds: Int) -> [String: Int] {
    let words = text.split(separator: " ")
    var counts: [String: Int] = [:]
    for _ in 0..<rounds {
        for word in words { counts[String(word), default: 0] += 1 }
    }
    return counts
}

let counts = words("the quick brown fox jumps over the lazy dog and the quick cat", 30_000)
print(numbers(500_000))
for key in counts.keys.sorted() { print(key, counts[key]!) }
