struct Grade {
    let letter: String
    let passed: Bool
    init(score: Int) {
        switch score {
        case 90...: letter = "A"
        case 60..<90: letter = "B"
        default: letter = "F"
        }
        if score >= 60 {
            passed = true
        } else {
            passed = false
        }
    }
}
print(Grade(score: 95), Grade(score: 70), Grade(score: 3))
// expect: Grade(letter: "A", passed: true) Grade(letter: "B", passed: true) Grade(letter: "F", passed: false)
