// Looking for elements.
let a = [4, 8, 15, 16, 23, 42]
print(a.firstIndex(of: 15)!, a.firstIndex { $0 > 15 }!, a.lastIndex { $0 < 16 }!, a.firstIndex(of: 7) ?? -1) // expect: 2 3 2 -1
print(a.first { $0 % 5 == 0 }!, a.last { $0 % 2 == 0 }!, a.contains(23), a.contains { $0 > 40 }, a.allSatisfy { $0 > 3 }) // expect: 15 42 true true true
print(a.min { abs($0 - 20) < abs($1 - 20) }!, a.max()!, a.prefix { $0 < 16 }, a.drop { $0 < 16 }) // expect: 23 42 [4, 8, 15] [16, 23, 42]
let names = ["Ann", "Bob", "Cy"]
print(names.firstIndex(of: "Bob")!, names.max { $0.count < $1.count }!, names.contains("Dee"), names.min()!) // expect: 1 Ann false Ann
print(zip(names, a).first { $0.1 > 5 }!.0, names.enumerated().first { $0.element.hasPrefix("C") }!.offset) // expect: Bob 2
let d = ["x": 1, "y": 2]
print(d.first { $0.value == 2 }!.key, d.contains { $0.key == "z" }, d.keys.contains("x"), d.values.contains(2)) // expect: y false true true
