// Shifting letters.
func shift(_ text: String, by k: Int) -> String {
    let small = Array("abcdefghijklmnopqrstuvwxyz")
    return String(text.map { c -> Character in
        guard let i = small.firstIndex(of: Character(c.lowercased())) else { return c }
        let moved = small[((i + k) % 26 + 26) % 26]
        return c.isUppercase ? Character(moved.uppercased()) : moved
    })
}
let secret = shift("Hello, World!", by: 3)
print(secret, shift(secret, by: -3)) // expect: Khoor, Zruog! Hello, World!
func runs(_ s: String) -> String {
    var out = "", previous: Character? = nil, n = 0
    for c in s {
        if c == previous { n += 1 } else {
            if let p = previous { out += "\(n)\(p)" }
            previous = c; n = 1
        }
    }
    if let p = previous { out += "\(n)\(p)" }
    return out
}
print(runs("aaabccd"), runs(""), runs("z")) // expect: 3a1b2c1d  1z
