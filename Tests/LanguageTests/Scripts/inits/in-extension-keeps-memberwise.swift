struct Size {
    var width: Int
    var height: Int
}
extension Size {
    init(square side: Int) { self.init(width: side, height: side) }
    init?(text: String) {
        let parts = text.split(separator: "x")
        guard parts.count == 2, let w = Int(parts[0]), let h = Int(parts[1]) else { return nil }
        self.init(width: w, height: h)
    }
}
print(Size(width: 1, height: 2), Size(square: 3))
print(Size(text: "4x5") ?? Size(square: 0), Size(text: "4") == nil)
// expect: Size(width: 1, height: 2) Size(width: 3, height: 3)
// expect: Size(width: 4, height: 5) true
