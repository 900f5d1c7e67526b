struct Game {
    static var score = 0 {
        didSet { print("score \(oldValue) -> \(score)") }
    }
}
Game.score = 3
Game.score += 4
print(Game.score)
// expect: score 0 -> 3
// expect: score 3 -> 7
// expect: 7
