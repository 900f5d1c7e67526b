enum Trit: Int { case no = -1, unknown = 0, yes = 1
    static func | (a: Trit, b: Trit) -> Trit { Trit(rawValue: min(a.rawValue, b.rawValue))! }
    static prefix func ! (a: Trit) -> Trit { Trit(rawValue: -a.rawValue)! }
    static func + (a: Trit, b: Trit) -> Int { a.rawValue + b.rawValue }
}
print(Trit.yes | .unknown, !Trit.no, Trit.yes + .yes)
// expect: unknown yes 2
