// Setting the property inside its own didSet does not call it again.
struct Volume {
    var level: Int = 5 {
        didSet {
            if level > 10 { level = 10 }
            if level < 0 { level = 0 }
        }
    }
}
var volume = Volume()
volume.level = 50
print(volume.level)
volume.level -= 30
print(volume.level)
// expect: 10
// expect: 0
