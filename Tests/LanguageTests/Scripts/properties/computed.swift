struct Circle {
    var radius: Double
    var diameter: Double {
        get { radius * 2 }
        set { radius = newValue / 2 }
    }
    var area: Double {
        let squared = radius * radius
        return 3 * squared
    }
    var scaled: Double {
        get { radius * 100 }
        set(percent) { radius = percent / 100 }
    }
    var isUnit: Bool { radius == 1 }
}
var circle = Circle(radius: 2)
circle.diameter = 10
print(circle.radius, circle.area)
circle.diameter += 2
print(circle.radius)
circle.scaled = 100
print(circle.isUnit, circle)
// expect: 5.0 75.0
// expect: 6.0
// expect: true Circle(radius: 1.0)
