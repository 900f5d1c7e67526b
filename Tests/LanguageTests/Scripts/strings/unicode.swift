// Characters are what a reader sees, whatever they are made of.
print("é".count, "e\u{301}".count, "e\u{301}" == "é") // expect: 1 1 true
print("👨‍👩‍👧".count, "🇩🇪🇫🇷".count, "日本語".count) // expect: 1 2 3
print("Straße".uppercased(), "ÀÉ".lowercased()) // expect: STRASSE àé
print(String("日本語".reversed()), "👋🏽ab".first!) // expect: 語本日 👋🏽
var s = "cafe"
s += "\u{301}"
print(s, s.count) // expect: café 4
print("a\u{300}b".map { String($0).count }) // expect: [1, 1]
