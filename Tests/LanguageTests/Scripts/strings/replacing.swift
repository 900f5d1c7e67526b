// Replacing and changing case.
let s = "one two two three"
print(s.replacingOccurrences(of: "two", with: "2"), s.replacingOccurrences(of: "x", with: "y") == s) // expect: one 2 2 three true
print(s.uppercased(), s.lowercased() == s, "MiXed".lowercased().uppercased()) // expect: ONE TWO TWO THREE true MIXED
print(String(s.map { $0 == " " ? "_" : $0 }), s.filter { $0 != " " }) // expect: one_two_two_three onetwotwothree
print(s.split(separator: " ").map { $0.first!.uppercased() + $0.dropFirst() }.joined(separator: " ")) // expect: One Two Two Three
print(String(s.reversed()), String(s.sorted()), String(Set("aab").sorted())) // expect: eerht owt owt eno    eeehnooortttww ab
if let r = s.range(of: "two") { print(s[r], s[r.upperBound...], s[..<r.lowerBound]) } // expect: two  two three one 
print(s.range(of: "four") == nil, s.contains("two t")) // expect: true true
