import Hosting

/// One state of a long piece of work as one line of text, the same in every front end.
///
///     Epoch 1/3 ━━━━━━━━━━──────────  50% 469/938 batches · 82.3/s · 6 s left · loss 0.4123
public enum ProgressLine {
    /// The line, cut to `columns` characters where that is given. A finished state and a milestone
    /// show how long they took in place of the bar.
    public static func text(_ progress: Progress, columns: Int? = nil) -> String {
        var parts = [progress.title]
        if let share = share(progress), !progress.isEnd { parts.append(bar(share, width: 20)) }
        parts.append(figures(progress))
        let line = parts.filter { !$0.isEmpty }.joined(separator: " ")
        guard let columns, line.count > columns else { return line }
        return String(line.prefix(max(0, columns - 1))) + "…"
    }

    /// How much is done, 0...1; `nil` where the total is unknown.
    static func share(_ progress: Progress) -> Double? {
        guard let total = progress.total, total > 0 else { return nil }
        return min(1, max(0, Double(progress.completed) / Double(total)))
    }

    /// Everything but title and bar: count, rate, time and metrics.
    static func figures(_ progress: Progress) -> String {
        var figures = [count(progress)]
        if let share = share(progress), !progress.isEnd {
            let percent = String(Int(share * 100))
            figures[0] =
                String(repeating: " ", count: 3 - percent.count) + "\(percent)% \(figures[0])"
        }
        if let rate = progress.rate {
            let isBytes = progress.unit == "bytes"
            figures.append(isBytes ? fixed(rate / 1e6, 1) + " MB/s" : number(rate) + "/s")
        }
        if progress.isEnd {
            figures.append(
                (progress.isStopped ? "stopped after " : "") + duration(progress.elapsed))
        } else if let remaining = progress.remaining {
            figures.append(duration(remaining) + " left")
        }
        figures += progress.metrics.map { "\($0.name) \(number($0.value))" }
        return figures.joined(separator: " · ")
    }

    /// Seconds as a person says them: `0.24 s`, `12 s`, `3 min 05 s`, `2 h 10 min`.
    public static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "?" }
        if seconds < 10 { return "\(fixed(seconds, seconds < 1 ? 2 : 1)) s" }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
        return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
    }

    /// A measured time, also a very short one: `0.012 ms`, `3.4 ms`, `1.2 s`.
    static func preciseDuration(_ seconds: Double) -> String {
        if seconds < 0.001 { return "\(fixed(seconds * 1000, 3)) ms" }
        return seconds < 1 ? "\(fixed(seconds * 1000, 1)) ms" : duration(seconds)
    }

    private static func count(_ progress: Progress) -> String {
        let isBytes = progress.unit == "bytes"
        let completed = isBytes ? megabytes(progress.completed) : String(progress.completed)
        guard let total = progress.total else {
            return "\(completed) \(isBytes ? "MB" : progress.unit)"
        }
        let all = isBytes ? megabytes(total) : String(total)
        return "\(completed)/\(all) \(isBytes ? "MB" : progress.unit)"
    }

    private static func megabytes(_ bytes: Int) -> String { fixed(Double(bytes) / 1e6, 1) }

    private static func bar(_ fraction: Double, width: Int) -> String {
        let filled = Int((fraction * Double(width)).rounded())
        return String(repeating: "━", count: filled)
            + String(repeating: "─", count: width - filled)
    }

    /// A figure with about four significant digits.
    static func number(_ value: Double) -> String {
        switch value.magnitude {
        case 0: "0"
        case ..<0.001, 1e6...: value.description
        case ..<10: fixed(value, 4)
        case ..<1000: fixed(value, 1)
        default: fixed(value, 0)
        }
    }

    private static func fixed(_ value: Double, _ places: Int) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return value.description }
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = Int((value.magnitude * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + String(scaled) }
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: places - fraction.count)
        return "\(sign)\(scaled / scale).\(zeros)\(fraction)"
    }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

extension Progress {
    /// Whether the work, or a part of it, has ended.
    fileprivate var isEnd: Bool { isFinished || isMilestone }
}
