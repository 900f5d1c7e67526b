import Glibc
import Tensors

/// The random numbers of one run of a transform; where it is asked to, it writes down what was
/// drawn, so that a pipeline can say what it did.
///
///     var draws = Draws(seed: 1, isRecording: true)
///     let angle = draws.number("degrees", in: -10...10)
public struct Draws: Sendable {
    private var generator: RandomGenerator
    let isRecording: Bool
    private var values: [(name: String, value: String)] = []
    /// The steps that ran, in order; empty unless it records.
    public private(set) var steps: [TransformStep] = []

    /// One seed gives one row of numbers.
    public init(seed: Int, isRecording: Bool = false) {
        generator = RandomGenerator(seed: seed)
        self.isRecording = isRecording
    }

    /// A number, each of the range as likely as any other, written down under a name.
    public mutating func number(_ name: String, in range: ClosedRange<Double>) -> Double {
        let drawn = uniform(in: range)
        note(name, number: drawn)
        return drawn
    }

    /// A whole number, each of the range as likely as any other, written down under a name.
    public mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int {
        let drawn = uniform(in: range)
        note(name, "\(drawn)")
        return drawn
    }

    /// A number of which no note is taken.
    public mutating func uniform(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + generator.uniform() * (range.upperBound - range.lowerBound)
    }

    /// A whole number of which no note is taken.
    public mutating func uniform(in range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }

    /// A positive number of which no note is taken, each multiple as likely as any other.
    public mutating func ratio(in range: ClosedRange<Double>) -> Double {
        let drawn = exp(uniform(in: log(range.lowerBound)...log(range.upperBound)))
        return min(max(drawn, range.lowerBound), range.upperBound)
    }

    /// A rectangle in a picture, of which no note is taken: `scale` is its share of the area and
    /// `ratio` its width by its height; `nil` where ten of those did not fit.
    mutating func rectangle(
        in image: (width: Int, height: Int), scale: ClosedRange<Double>,
        ratio: ClosedRange<Double>
    ) -> (x: Int, y: Int, width: Int, height: Int)? {
        let area = Double(image.width * image.height)
        for _ in 0..<10 {
            let share = uniform(in: scale) * area
            let proportion = self.ratio(in: ratio)
            let exactWidth = (share * proportion).squareRoot().rounded()
            let exactHeight = (share / proportion).squareRoot().rounded()
            guard exactWidth >= 1, exactHeight >= 1, exactWidth <= Double(image.width),
                exactHeight <= Double(image.height)
            else { continue }
            let (width, height) = (Int(exactWidth), Int(exactHeight))
            return (
                uniform(in: 0...image.width - width), uniform(in: 0...image.height - height),
                width, height
            )
        }
        return nil
    }

    /// Writes down where a rectangle lies.
    mutating func note(_ part: (x: Int, y: Int, width: Int, height: Int)) {
        note("x", "\(part.x)")
        note("y", "\(part.y)")
        note("width", "\(part.width)")
        note("height", "\(part.height)")
    }

    /// Whether something happens that has this probability.
    public mutating func chance(_ name: String, _ probability: Double) -> Bool {
        let happens = generator.uniform() < probability
        note(name, happens ? "yes" : "no")
        return happens
    }

    /// A number from the Beta distribution with both parameters `alpha`: in 0...1, for a small
    /// `alpha` close to its ends.
    public mutating func beta(_ name: String, _ alpha: Double) -> Double {
        let (first, second) = (gamma(alpha), gamma(alpha))
        let drawn = first + second > 0 ? first / (first + second) : 0.5
        note(name, number: drawn)
        return drawn
    }

    /// An order of `0..<count`.
    public mutating func order(_ count: Int) -> [Int] {
        (0..<count).shuffled(using: &generator)
    }

    /// A field of `count` numbers in -1...1.
    mutating func field(_ count: Int) -> [Float] {
        (0..<count).map { _ in Float(generator.uniform() * 2 - 1) }
    }

    /// A value that was worked out from what was drawn, for the record.
    public mutating func note(_ name: String, _ value: @autoclosure () -> String) {
        if isRecording { values.append((name, value())) }
    }

    private mutating func note(_ name: String, number: Double) {
        note(name, "\((number * 1e4).rounded() / 1e4)")
    }

    /// Runs one step; what it draws stands in its record.
    public mutating func step(_ transform: any Transform, _ image: Image) throws -> Image {
        guard isRecording else { return try transform.apply(image, drawing: &self) }
        let outer = values
        values = []
        defer { values = outer }
        if transform is Compose { return try transform.apply(image, drawing: &self) }
        let place = steps.count
        let result = try transform.apply(image, drawing: &self)
        // A step that ran others stands before them.
        steps.insert(
            TransformStep(name: transform.name, values: values, result: "\(result)"), at: place)
        return result
    }

    /// Gamma-distributed with scale 1 (Marsaglia and Tsang 2000).
    private mutating func gamma(_ shape: Double) -> Double {
        guard shape >= 1 else {
            // Of a greater shape, brought down by a power of a uniform number.
            return gamma(shape + 1) * pow(1 - generator.uniform(), 1 / shape)
        }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let v = 1 + c * x
            guard v > 0 else { continue }
            let cube = v * v * v
            let u = 1 - generator.uniform()
            if log(u) < 0.5 * x * x + d - d * cube + d * log(cube) { return d * cube }
        }
    }

    /// Normally distributed (Box and Muller 1958).
    private mutating func normal() -> Double {
        let radius = (-2 * log(1 - generator.uniform())).squareRoot()
        return radius * cos(2 * .pi * generator.uniform())
    }
}

/// One step that a pipeline ran: its name, the values it drew and the picture it gave.
public struct TransformStep: Sendable, CustomStringConvertible {
    /// The transform's name, such as `RandomRotation`.
    public let name: String
    /// What was drawn, in order.
    public let values: [(name: String, value: String)]
    /// The picture it gave, such as `Image 224x224 RGB`.
    public let result: String

    /// One line, such as `RandomRotation: degrees -7.3184 -> Image 451x300 RGB`.
    public var description: String {
        let drawn = values.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
        return name + (drawn.isEmpty ? "" : ": " + drawn) + " -> " + result
    }
}
