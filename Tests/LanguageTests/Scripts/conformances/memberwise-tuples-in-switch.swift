enum Move: CaseIterable { case rock, paper, scissors
    func beats(_ other: Move) -> Bool {
        switch (self, other) {
        case (.rock, .scissors), (.paper, .rock), (.scissors, .paper): true
        default: false
        }
    }
}
for a in Move.allCases {
    print(Move.allCases.map { a.beats($0) ? "1" : (a == $0 ? "=" : "0") }.joined())
}
// expect: =01
// expect: 1=0
// expect: 01=
