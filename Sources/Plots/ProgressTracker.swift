import Hosting

/// A long piece of work with figures that are reported as it goes, and their curves.
public final class ProgressTracker {
    /// A figure's values over the steps, at most `limit` points: each is the mean of a stretch.
    struct Curve {
        static let limit = 400
        let name: String
        private(set) var last: Double
        private(set) var x: [Double] = []
        private(set) var y: [Double] = []
        /// How many values make a point.
        private var stretch = 1
        private var sum = 0.0
        private var count = 0

        init(name: String) {
            self.name = name
            last = .nan
        }

        mutating func append(_ value: Double, at step: Int) {
            last = value
            sum += value
            count += 1
            guard count == stretch else { return }
            x.append(Double(step))
            y.append(sum / Double(count))
            sum = 0
            count = 0
            guard y.count == Self.limit else { return }
            // Twice as many values a point from here on.
            for index in 0..<Self.limit / 2 {
                x[index] = x[2 * index + 1]
                y[index] = (y[2 * index] + y[2 * index + 1]) / 2
            }
            x.removeLast(Self.limit / 2)
            y.removeLast(Self.limit / 2)
            stretch *= 2
        }
    }

    private let reporter: ProgressReporter
    private(set) var curves: [Curve] = []

    /// Work that begins now.
    public init(_ title: String, total: Int?, unit: String) {
        reporter = ProgressReporter(title, total: total, unit: unit)
    }

    /// A figure's value at the present step: the line tells the last one, the curve all of them.
    public func report(_ name: String, _ value: Double) {
        if let index = curves.firstIndex(where: { $0.name == name }) {
            curves[index].append(value, at: reporter.completed + 1)
        } else {
            curves.append(Curve(name: name))
            curves[curves.count - 1].append(value, at: reporter.completed + 1)
        }
    }

    /// The points of a figure's curve.
    package func points(_ name: String) -> [(x: Double, y: Double)] {
        curves.first { $0.name == name }.map { Array(zip($0.x, $0.y)) } ?? []
    }

    /// Counts a step as done.
    public func advance() {
        reporter.advance(metrics: { metrics }, picture: { chart?.progressPicture() })
    }

    /// Tells of the end.
    public func finish() {
        reporter.finish(metrics: metrics, picture: { chart?.progressPicture() })
    }

    private var metrics: ProgressReporter.Metrics { curves.map { ($0.name, $0.last) } }

    /// The figures over the steps; `nil` before two values make a line.
    private var chart: Chart? {
        guard curves.contains(where: { $0.y.count > 1 }) else { return nil }
        return Chart(
            xLabel: reporter.unit, series: curves.map { .line($0.name, x: $0.x, $0.y) })
    }
}

extension Chart {
    /// The drawing that stands below a line of progress.
    package func progressPicture() -> MIMEBundle? { [self].progressPicture() }
}

extension [Chart] {
    /// The drawings side by side that stand below a line of progress; `nil` where there is none.
    package func progressPicture() -> MIMEBundle? {
        let width = count > 1 ? 400.0 : 520
        guard let first, let svg = try? svg(width: width, height: count > 1 ? 250 : 280) else {
            return nil
        }
        var bundle = MIMEBundle(plain: first.title)
        bundle["image/svg+xml"] = .text(svg)
        return bundle
    }
}
