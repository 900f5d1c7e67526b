struct Word: Hashable {
    let text: String
    static func == (a: Word, b: Word) -> Bool { a.text.lowercased() == b.text.lowercased() }
    func hash(into hasher: inout Hasher) { hasher.combine(text.lowercased()) }
}
print(Word(text: "Hi") == Word(text: "hI"), Word(text: "Hi") != Word(text: "ho"))
print(Set([Word(text: "a"), Word(text: "A"), Word(text: "b")]).count)
print([Word(text: "x"), Word(text: "Y")].contains(Word(text: "y")))
var counts: [Word: Int] = [:]
for w in ["one", "ONE", "two"] { counts[Word(text: w), default: 0] += 1 }
print(counts[Word(text: "One")] ?? 0, counts.count)
// expect: true true
// expect: 2
// expect: true
// expect: 2 2
