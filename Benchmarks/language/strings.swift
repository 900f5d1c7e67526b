// Builds texts piece by piece, by interpolation and by joining; goes through their characters.
func build(_ count: Int) -> String {
    var text = ""
    for i in 0..<count {
        text += "item \(i): "
        if i % 3 == 0 { text += "yes" } else { text += "no" }
        text += "\n"
    }
    return text
}

func lines(_ count: Int) -> String {
    var pieces: [String] = []
    for i in 0..<count { pieces.append("<\(i * i)>") }
    return pieces.joined(separator: ",")
}

func vowels(_ text: String) -> Int {
    var count = 0
    for character in text {
        if character == "e" || character == "i" { count += 1 }
    }
    return count
}

let text = build(120_000)
let list = lines(150_000)
print(text.count, list.count, vowels(text))
print(list.split(separator: ",").count)
