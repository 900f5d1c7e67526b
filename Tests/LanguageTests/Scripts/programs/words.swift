// Counting words and letters in a text.
let text = """
    the quick brown fox jumps over the lazy dog
    the dog sleeps
    """
let words = text.split { $0 == " " || $0 == "\n" }.map { String($0) }
var counts: [String: Int] = [:]
for w in words { counts[w, default: 0] += 1 }
for (w, n) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(3) { print(w, n) }
// expect: the 3
// expect: dog 2
// expect: brown 1
print(words.count, Set(words).count, words.max { $0.count < $1.count }!) // expect: 12 9 sleeps
print(words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")) // expect: The Quick Brown Fox Jumps Over The Lazy Dog The Dog Sleeps
let letters = text.filter { $0.isLetter }.reduce(into: [Character: Int]()) { $0[$1, default: 0] += 1 }
print(letters.max { ($0.value, $1.key) < ($1.value, $0.key) }!.key, letters["q"] ?? 0, letters["Q"] ?? 0) // expect: e 1 0
let lines = text.components(separatedBy: "\n").map { $0.count }
print(lines, String(words[1].reversed())) // expect: [43, 14] kciuq
func isPalindrome(_ s: String) -> Bool { let c = s.lowercased().filter { $0.isLetter }; return c == String(c.reversed()) }
print(isPalindrome("A man, a plan, a canal: Panama"), isPalindrome("swift")) // expect: true false
