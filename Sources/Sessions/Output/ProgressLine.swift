import Hosting

/// One state of a long piece of work as one line of text, the same in every front end.
///
///     Epoch 1/3 ━━━━━━━━━━──────────  50% 469/938 batches · 82.3/s · 6 s left · loss 0.4123
public enum ProgressLine {
    /// The line, cut to `columns` characters where that is given. A finished state shows how long it
    /// took in place of the bar.
    public static func text(_ progress: Progress, columns: Int? = nil) -> String {
        var head = [progress.title]
        var figures: [String] = []
        if progress.isFinished {
            figures.append(count(progress))
            figures.append(duration(progress.elapsed))
        } else {
            if let total = progress.total, total > 0 {
                let fraction = min(1, max(0, Double(progress.completed) / Double(total)))
                head.append(bar(fraction, width: 20))
                let percent = String(Int(fraction * 100))
                head.append(String(repeating: " ", count: 3 - percent.count) + percent + "%")
            }
            figures.append(count(progress))
            if let remaining = progress.remaining { figures.append(duration(remaining) + " left") }
        }
        if let rate = progress.rate {
            let isBytes = progress.unit == "bytes"
            figures.insert(isBytes ? fixed(rate / 1e6, 1) + " MB/s" : number(rate) + "/s", at: 1)
        }
        figures += progress.metrics.map { "\($0.name) \(number($0.value))" }
        let line = (head + [figures.joined(separator: " · ")]).joined(separator: " ")
        guard let columns, line.count > columns else { return line }
        return String(line.prefix(max(0, columns - 1))) + "…"
    }

    /// What a notebook keeps of a state: the line, with the picture's forms where it has one.
    public static func bundle(_ progress: Progress) -> MIMEBundle {
        var bundle = MIMEBundle(plain: text(progress))
        for item in progress.picture?.items ?? [] where item.type != "text/plain" {
            bundle[item.type] = item.content
        }
        return bundle
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
