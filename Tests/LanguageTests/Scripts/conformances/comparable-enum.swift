// An enumeration without raw values compares in the order of its cases.
enum Priority: Comparable { case low, medium(Int), high }
let list: [Priority] = [.high, .medium(5), .low, .medium(1)]
for p in list.sorted() { print(p) }
print(Priority.low < .high, Priority.medium(2) < .medium(10), list.max()! == .high, Priority.high > .medium(99))
// expect: low
// expect: medium(1)
// expect: medium(5)
// expect: high
// expect: true true true true
