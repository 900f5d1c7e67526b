// switch: values, ranges, several patterns, where, fallthrough.
func kind(_ n: Int) -> String {
    switch n {
    case 0: return "zero"
    case 1, 2, 3: return "few"
    case 4..<10: return "some"
    case ...(-1): return "negative"
    case let x where x % 100 == 0: return "hundreds \(x)"
    case 1000...: return "thousands"
    default: return "many"
    }
}
print(kind(0), kind(2), kind(9), kind(-5), kind(200), kind(1234), kind(50)) // expect: zero few some negative hundreds 200 thousands many
switch 3 {
case 3: print("three"); fallthrough
case 4: print("four")
default: print("no")
}
// expect: three
// expect: four
switch "b" {
case "a", "b": print("letter")
default: break
}
// expect: letter
switch 2.5 {
case 0..<2: print("low")
case 2...: print("high")
default: print("negative")
}
// expect: high
switch (1, "x") {
case (0, _): print("zero")
case (1, let s) where s == "y": print("y")
case let (n, s): print(n, s)
}
// expect: 1 x
