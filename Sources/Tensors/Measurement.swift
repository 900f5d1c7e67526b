import Hosting

/// How long a piece of work took, run several times.
public struct Measurement: Sendable, CustomStringConvertible {
    /// The times in seconds, shortest first; never empty.
    public let times: [Double]

    package init(times: [Double]) { self.times = times.sorted() }

    /// The middle of the times, in seconds.
    public var median: Double {
        let middle = times.count / 2
        return times.count % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2
    }

    /// The shortest time, in seconds.
    public var minimum: Double { times[0] }

    /// The longest time, in seconds.
    public var maximum: Double { times[times.count - 1] }

    public var description: String {
        let runs = times.count == 1 ? "1 run" : "\(times.count) runs"
        return "median \(Measurement.text(median)), min \(Measurement.text(minimum)), "
            + "max \(Measurement.text(maximum)) (\(runs))"
    }

    /// Three digits with the unit that suits them: `1.25 ms`.
    package static func text(_ seconds: Double) -> String {
        let (value, unit) =
            switch seconds {
            case 1...: (seconds, "s")
            case 1e-3...: (seconds * 1e3, "ms")
            default: (seconds * 1e6, "us")
            }
        let scale = value >= 100 ? 1.0 : value >= 10 ? 10 : 100
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() ? "\(Int(rounded)) \(unit)" : "\(rounded) \(unit)"
    }
}

/// Runs `body` once to warm up and then `repeats` times, and says how long the runs took.
///
/// Throws what `body` throws, and a `TensorError` where `repeats` is not positive.
///
///     let time = try measure(repeats: 10) { _ = try model.call(x) }
///     print(time.median)
public func measure(repeats: Int = 10, _ body: () throws -> Void) throws -> Measurement {
    guard repeats > 0 else {
        throw TensorError(
            .value, "measure", "there is nothing to measure", expected: "repeats of at least 1",
            got: "\(repeats)", operands: [])
    }
    try body()
    let clock = ContinuousClock()
    var times: [Double] = []
    for _ in 0..<repeats {
        try Host.current.cancellation.check()
        times.append(try clock.measure(body) / .seconds(1))
    }
    return Measurement(times: times)
}
