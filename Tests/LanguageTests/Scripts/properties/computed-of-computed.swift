struct Segment {
    var start: Int, end: Int
    var length: Int {
        get { end - start }
        set { end = start + newValue }
    }
    var middle: Int {
        get { start + length / 2 }
        set {
            let half = length / 2
            start = newValue - half
            end = newValue + half
        }
    }
}
struct Path { var segments: [Segment]; var first: Segment { get { segments[0] } set { segments[0] = newValue } } }
var path = Path(segments: [Segment(start: 0, end: 4), Segment(start: 4, end: 6)])
path.first.length = 10
path.segments[1].middle = 20
path.first.middle += 5
print(path.segments[0], path.segments[1])
print(path.first.length, path.first.middle)
// expect: Segment(start: 5, end: 15) Segment(start: 19, end: 21)
// expect: 10 10
