// Going through a sequence by hand.
var numbers = [1, 2, 3].makeIterator()
while let number = numbers.next() { print(number) }
// expect: 1
// expect: 2
// expect: 3
var letters = "ab".makeIterator()
print(letters.next() ?? "-", letters.next() ?? "-", letters.next() == nil) // expect: a b true
var range = (0..<3).makeIterator()
_ = range.next()
var copy = range
print(range.next() ?? -1, range.next() ?? -1, copy.next() ?? -1) // expect: 1 2 1
var pairs = ["k": 1].makeIterator()
if let pair = pairs.next() { print(pair.key, pair.value) } // expect: k 1
func pairwise(_ list: [Int]) -> [Int] {
    var rest = list.makeIterator()
    guard var last = rest.next() else { return [] }
    var result: [Int] = []
    while let next = rest.next() {
        result.append(next - last)
        last = next
    }
    return result
}
print(pairwise([1, 4, 9, 16])) // expect: [3, 5, 7]
