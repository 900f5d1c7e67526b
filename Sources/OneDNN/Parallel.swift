internal import COpenMP
import Glibc

/// The one team of threads: oneDNN's kernels and our own loops run on it.
///
/// libgomp makes one team for each calling thread, so only the holder of the interpreter lock
/// enters a parallel loop. A loop inside another one runs on the thread it is on.
public enum Parallel {
    /// Threads in the team: the physical cores this process may use, or `OMP_NUM_THREADS`.
    public static let threads: Int = teamSize()

    /// Runs `body` over `0..<count`, split in as many contiguous ranges as there are threads.
    ///
    /// Fork and join cost about a microsecond; `grain` is the least number of iterations that is
    /// worth a thread of its own.
    public static func forEach(count: Int, grain: Int, _ body: (Range<Int>) -> Void) {
        guard count > 0 else { return }
        let parts = min(threads, count / max(1, grain))
        if parts < 2 || omp_in_parallel() != 0 { return body(0..<count) }
        withoutActuallyEscaping(body) { body in
            var job = Job(count: count, body: body)
            withUnsafeMutablePointer(to: &job) { job in
                GOMP_parallel(
                    { data in
                        guard let job = data?.assumingMemoryBound(to: Job.self) else { return }
                        let part = Int(omp_get_thread_num())
                        let parts = Int(omp_get_num_threads())
                        let count = job.pointee.count
                        let start = count / parts * part + min(part, count % parts)
                        let end = start + count / parts + (part < count % parts ? 1 : 0)
                        if start < end { job.pointee.body(start..<end) }
                    }, job, UInt32(parts), 0)
            }
        }
    }

    /// Makes oneDNN's loops on the calling thread use `threads` threads.
    static func adopt() {
        if Int(omp_get_max_threads()) != threads { omp_set_num_threads(Int32(threads)) }
    }

    /// Has a kernel compiled for the calling thread alone, to be run beside others of its kind.
    static func alone<Result>(
        _ body: () throws(OneDNNError) -> Result
    ) throws(OneDNNError) -> Result {
        omp_set_num_threads(1)
        defer { omp_set_num_threads(Int32(threads)) }
        return try body()
    }

    private struct Job {
        let count: Int
        let body: (Range<Int>) -> Void
    }
}

private func teamSize() -> Int {
    let available = max(1, Int(omp_get_max_threads()))
    if getenv("OMP_NUM_THREADS") != nil { return available }
    var limit = available
    if let quota = readSmallFile("/sys/fs/cgroup/cpu.max")?.split(separator: " "),
        quota.count == 2, let share = Double(quota[0]), let period = Double(quota[1]), period > 0
    {
        limit = min(limit, max(1, Int((share / period).rounded(.up))))
    }
    return max(1, min(limit, physicalCores() ?? limit))
}

/// The cores under the processors this process may run on; two hardware threads share one.
private func physicalCores() -> Int? {
    guard let allowed = allowedProcessors() else { return nil }
    var cores: Set<String> = []
    for processor in allowed {
        let path = "/sys/devices/system/cpu/cpu\(processor)/topology/thread_siblings_list"
        guard let siblings = readSmallFile(path) else { return nil }
        cores.insert(siblings)
    }
    return cores.isEmpty ? nil : cores.count
}

/// The processors in this process's affinity mask.
private func allowedProcessors() -> [Int]? {
    let label = "Cpus_allowed_list:"
    guard let status = readLines("/proc/self/status"),
        let line = status.first(where: { $0.hasPrefix(label) })
    else { return nil }
    var processors: [Int] = []
    for part in line.dropFirst(label.count).split(whereSeparator: { $0 == "," || $0.isWhitespace })
    {
        let ends = part.split(separator: "-").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, first <= last else { return nil }
        processors.append(contentsOf: first...last)
    }
    return processors
}
