import VisionEngine

#if canImport(Glibc)
import Glibc
#endif

/// What a measurement says: one JSON line, as Benchmarks/pytorch_peer.py prints them.
func report(_ name: String, _ time: (median: Double, minimum: Double, count: Int)) {
    print(
        "{\"case\": \"\(name)\", \"program\": \"swift-vision\", \"median\": \(time.median), "
            + "\"minimum\": \(time.minimum), \"count\": \(time.count)}")
    fflush(nil)
}

/// The median and the least time of a run, after warming up; about `seconds` long,
/// `least` to `most` runs.
func timed(
    seconds: Double, least: Int = 5, most: Int = 2000, _ body: () throws -> Void
) rethrows -> (median: Double, minimum: Double, count: Int) {
    for _ in 0..<3 { try body() }
    let once = try duration(body)
    let count = max(least, min(most, Int(seconds / max(once, 1e-7))))
    var runs: [Double] = []
    for _ in 0..<count { runs.append(try duration(body)) }
    runs.sort()
    let middle = runs.count / 2
    let median = runs.count % 2 == 1 ? runs[middle] : (runs[middle - 1] + runs[middle]) / 2
    return (median, runs[0], count)
}

private func duration(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    let part = (ContinuousClock.now - start).components
    return Double(part.seconds) + Double(part.attoseconds) * 1e-18
}

/// The memory of this process that is in use, in bytes, and the most that was.
func residentMemory() -> (now: Int, peak: Int) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    var now = 0
    if let file = fopen("/proc/self/statm", "r") {
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        if fgets(&line, Int32(line.count), file) != nil {
            let words = String(decoding: line.map(UInt8.init(bitPattern:)), as: UTF8.self)
                .split(separator: " ")
            if words.count > 1 { now = (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) }
        }
    }
    return (now, usage.ru_maxrss * 1024)
}
