struct Duration: Equatable {
    var seconds: Int
    static func + (a: Duration, b: Int) -> Duration { Duration(seconds: a.seconds + b) }
    static func + (a: Duration, b: Duration) -> Duration { a + b.seconds }
    static func * (a: Int, b: Duration) -> Duration { Duration(seconds: a * b.seconds) }
    static func == (a: Duration, b: Int) -> Bool { a.seconds == b }
    static func < (a: Duration, b: Duration) -> Bool { a.seconds < b.seconds }
}
let d = Duration(seconds: 30)
print((d + 15).seconds, (d + d).seconds, (3 * d + 1).seconds, d == 30, d == Duration(seconds: 30), d < d + 1)
// expect: 45 60 91 true true true
