struct Color: Equatable {
    var r: Int, g: Int, b: Int
    init(_ r: Int, _ g: Int, _ b: Int) { (self.r, self.g, self.b) = (r, g, b) }
    init(gray: Int = 128) { self.init(gray, gray, gray) }
    init(_ hex: String) {
        let value = Int(hex, radix: 16) ?? 0
        self.init(value >> 16, (value >> 8) & 255, value & 255)
    }
    init(_ parts: [Int]) { self.init(parts[0], parts[1], parts[2]) }
}
print(Color(1, 2, 3), Color(), Color(gray: 7))
print(Color("ff8000"), Color([9, 8, 7]) == Color(9, 8, 7))
// expect: Color(r: 1, g: 2, b: 3) Color(r: 128, g: 128, b: 128) Color(r: 7, g: 7, b: 7)
// expect: Color(r: 255, g: 128, b: 0) true
