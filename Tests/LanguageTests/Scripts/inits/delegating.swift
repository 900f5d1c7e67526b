struct Rect {
    var x = 0, y = 0, width = 0, height = 0
    init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
    init(center: (Int, Int), size: Int) {
        let half = size / 2
        self.init(x: center.0 - half, y: center.1 - half, width: size, height: size)
        print("centred")
    }
    init(square size: Int) {
        self.init(center: (size, size), size: size)
        x += 100
    }
}
print(Rect(center: (10, 10), size: 4))
print(Rect(square: 6))
// expect: centred
// expect: Rect(x: 8, y: 8, width: 4, height: 4)
// expect: centred
// expect: Rect(x: 103, y: 3, width: 6, height: 6)
