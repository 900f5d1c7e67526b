struct Word { var text: String }
let w = Word(text: "abc")
// cell
extension Word {
    var length: Int { text.count }
    func shout() -> String { text.uppercased() }
    static let empty = Word(text: "")
}
print(w.length, w.shout(), Word.empty.length) // expect: 3 ABC 0
// cell
extension Word: Comparable { static func < (a: Word, b: Word) -> Bool { a.text < b.text } }
print(w > Word.empty, [w, Word.empty].min()!.text.isEmpty) // expect: true true
// cell
extension Word { func broken() -> Int { text } } // expect error: expected Int, got String
// cell
print(w.broken()) // expect error: Word has no 'broken'
