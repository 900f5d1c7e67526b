// String(format:) as C formats numbers.
print(String(format: "%.2f", 3.14159), String(format: "%d items", 5), String(format: "%5d|%-5d|%05d", 42, 42, 42)) // expect: 3.14 5 items    42|42   |00042
print(String(format: "%x %X %o", 255, 255, 8), String(format: "%e", 12345.678), String(format: "%g %g", 0.5, 1e10)) // expect: ff FF 10 1.234568e+04 0.5 1e+10
print(String(format: "100%%"), String(format: "%+d %+.1f", 3, 2.0), String(format: "%8.3f|", 2.5)) // expect: 100% +3 +2.0    2.500|
let values = [1.0, 22.5, 333.25]
for v in values { print(String(format: "%7.2f", v)) }
// expect:    1.00
// expect:   22.50
// expect:  333.25
print(values.map { String(format: "%.1f", $0) }.joined(separator: ", ")) // expect: 1.0, 22.5, 333.2
