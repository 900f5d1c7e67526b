struct Meter {
    var value: Int = 0 {
        willSet { print("will", value, newValue) }
        didSet { print("did", oldValue, value) }
    }
    var limit = 10 {
        didSet(previous) { if limit < previous { value = min(value, limit) } }
    }
}
var meter = Meter()
meter.value = 5
meter.value += 2
meter.limit = 20
meter.limit = 3
print(meter)
// expect: will 0 5
// expect: did 0 5
// expect: will 5 7
// expect: did 5 7
// expect: will 7 3
// expect: did 7 3
// expect: Meter(value: 3, limit: 3)
