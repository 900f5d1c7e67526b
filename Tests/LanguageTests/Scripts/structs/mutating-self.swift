// A mutating method may replace the whole value.
struct Counter {
    var value = 0
    var step = 1
    mutating func advance() { value += step }
    mutating func reset() { self = Counter(step: step) }
    mutating func swapFields() { (value, step) = (step, value) }
}
var counter = Counter(step: 3)
counter.advance()
counter.advance()
print(counter)
counter.swapFields()
print(counter)
counter.reset()
print(counter)
// expect: Counter(value: 6, step: 3)
// expect: Counter(value: 3, step: 6)
// expect: Counter(value: 0, step: 6)
