import Foundation
import Plots
import Testing

/// The palette is told apart with any colour vision, and stands out on white and on black.
@Suite("The palette")
struct PaletteTests {
    /// How a colour without one kind of cones comes about, in linear light.
    ///
    /// Source: Machado et al., "A Physiologically-based Model for Simulation of Color Vision
    /// Deficiency", 2009, severity 1.
    private static let visions: [(name: String, matrix: [[Double]])] = [
        ("full", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ]
        ),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ]
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ]
        ),
    ]

    private func linear(_ hex: String) -> [Double] {
        let value = Int(hex.dropFirst(), radix: 16) ?? 0
        return [value >> 16, value >> 8 & 255, value & 255].map { part in
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
    }

    /// CIE L*a*b*, D65, of linear red, green and blue.
    private func lab(_ rgb: [Double]) -> [Double] {
        let (r, g, b) = (rgb[0], rgb[1], rgb[2])
        func f(_ t: Double) -> Double {
            t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116
        }
        let x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
        let y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
        let z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
    }

    private func seen(_ hex: String, _ matrix: [[Double]]) -> [Double] {
        let light = linear(hex)
        return lab(
            matrix.map { row in max(0, min(1, zip(row, light).reduce(0) { $0 + $1.0 * $1.1 })) })
    }

    private func leastDistance(_ colors: [String], _ matrix: [[Double]]) -> Double {
        var least = Double.infinity
        for (index, one) in colors.enumerated() {
            for other in colors[(index + 1)...] {
                let pairs = zip(seen(one, matrix), seen(other, matrix))
                least = min(
                    least, pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot())
            }
        }
        return least
    }

    private func contrast(_ one: String, _ other: String) -> Double {
        let light = [one, other].map { hex in
            zip(linear(hex), [0.2126, 0.7152, 0.0722]).reduce(0.05) { $0 + $1.0 * $1.1 }
        }.sorted()
        return light[1] / light[0]
    }

    @Test("any two colours are at least 15 apart in CIELAB for every colour vision")
    func distances() {
        for vision in Self.visions {
            let least = leastDistance(Chart.palette, vision.matrix)
            #expect(least >= 15, "\(vision.name): \(least)")
        }
    }

    @Test(
        "the measure finds what is confused: red and green are near each other without green cones")
    func confused() {
        let pair = ["#c8553d", "#7f8b2b"]
        #expect(leastDistance(pair, Self.visions[0].matrix) > 40)
        #expect(leastDistance(pair, Self.visions[1].matrix) < 15)
    }

    @Test("every colour stands out on white and on black, and the letters are read on both")
    func contrasts() {
        for color in Chart.palette {
            #expect(contrast(color, "#ffffff") >= 2.2, "\(color) on white")
            #expect(contrast(color, "#111111") >= 2.9, "\(color) on black")
        }
        #expect(contrast("#777777", "#ffffff") > 4 && contrast("#777777", "#111111") > 4)
    }

    @Test("of more lines than colours, those that share one differ in their strokes")
    func dashes() throws {
        let chart = Chart(
            series: (0...Chart.palette.count).map { .line("line \($0)", [Double($0), 1]) })
        #expect(chart.vegaLite.components(separatedBy: "\"strokeDash\":[6,3]").count == 2)
        #expect(try chart.svg().components(separatedBy: "stroke-dasharray").count > 1)
    }

    @Test("of more kinds of dots than colours, those that share one differ in their shapes")
    func diamonds() throws {
        func chart(_ count: Int) -> Chart {
            Chart(series: (0..<count).map { .points("", x: [Double($0)], y: [1]) })
        }
        let count = Chart.palette.count
        #expect(!chart(count).vegaLite.contains("diamond"))
        #expect(chart(count + 1).vegaLite.contains("diamond"))
        // A circle is drawn of curves, a diamond of lines.
        func curves(_ count: Int) throws -> Int {
            try chart(count).svg().components(separatedBy: " C ").count
        }
        #expect(try curves(count) > curves(count - 1))
        #expect(try curves(count + 1) == curves(count))
    }

    @Test("the shapes of dots are the same in Vega-Lite as in a drawing, and share its legend")
    func shapesInVegaLite() throws {
        let count = Chart.palette.count
        let chart = Chart(
            series: (0..<count + 3).map {
                .points("kind \($0)", x: [Double($0), 1], y: [1, Double($0)])
            })
        let text = try #require(chart.vegaLite.data(using: .utf8))
        let root = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
        let layers = try #require(root["layer"] as? [[String: Any]])
        #expect(layers.count == count + 3)
        let shapes = (0..<count + 3).map { $0 < count ? "circle" : "diamond" }
        for layer in layers {
            let mark = try #require(layer["mark"] as? [String: Any])
            // Only a point takes a shape.
            #expect(mark["type"] as? String == "point" && mark["filled"] as? Bool == true)
            let encoding = try #require(layer["encoding"] as? [String: [String: Any]])
            let (color, shape) = (try #require(encoding["color"]), try #require(encoding["shape"]))
            // Legends of one field, one title and one domain are one.
            for key in ["field", "type"] { #expect(color[key] as? String == shape[key] as? String) }
            #expect((color["legend"] as? [String: Any])?.keys.sorted() == ["title"])
            #expect((shape["legend"] as? [String: Any])?.keys.sorted() == ["title"])
            let scales = [color, shape].map { $0["scale"] as? [String: [String]] }
            #expect(scales[0]?["domain"] == scales[1]?["domain"])
            #expect(scales[1]?["domain"] == (0..<count + 3).map { "kind \($0)" })
            #expect(scales[0]?["range"] == (0..<count + 3).map { Chart.palette[$0 % count] })
            #expect(scales[1]?["range"] == shapes)
        }
    }
}
