import Hosting
import Language
import VisionBindings
import VisionEngine

/// What the interpreter adds to the engine: the time until a cell of 20 lines runs, and what an
/// operation of a loop over tensors costs above the same call from Swift. One JSON line each.
func measureInterpreter(seconds: Double) throws {
    let cell = try timeOfCell(seconds: seconds)
    print("{\"name\": \"a cell of 20 lines\", \"value\": \(cell * 1e3), \"unit\": \"ms\"}")
    for operation in TensorLoop.all {
        let added = try operation.overhead(seconds: seconds)
        print(
            "{\"name\": \"\(operation.name)\", \"value\": \(added * 1e6), \"unit\": \"us\"}")
    }
}

/// Twenty lines of the usual kinds: a function, a structure, loops, collections, a tensor. It takes
/// almost no time to run, so that parsing, checking and starting is what is measured.
private let twentyLines = """
    struct Point {
        var x = 0.0
        var y = 0.0
        func length() -> Double { (x * x + y * y).squareRoot() }
    }
    func average(_ values: [Double]) -> Double {
        var sum = 0.0
        for value in values { sum += value }
        return values.isEmpty ? 0 : sum / Double(values.count)
    }
    let points = [Point(x: 3, y: 4), Point(x: 1, y: 1)]
    var lengths: [String: Double] = [:]
    for (index, point) in points.enumerated() {
        lengths["p\\(index)"] = point.length()
    }
    let mean = average(points.map { $0.length() })
    let longest = lengths.values.max() ?? 0
    if mean > longest { print("impossible") }
    let tensor = Tensor([[1, 2], [3, 4]])
    let total = tensor.sum()
    """

private func timeOfCell(seconds: Double) throws -> Double {
    let interpreter = Interpreter(library: visionLibrary)
    let host = Host(output: StandardOutput())
    var number = 0
    return try timed(seconds: seconds) {
        number += 1
        _ = try interpreter.run(twentyLines, cell: .cell(number), host: host)
    }.median
}

/// An operation on small tensors, in the language and from Swift.
private struct TensorLoop {
    let name: String
    let script: String
    let direct: (Tensor, Tensor) throws -> Tensor

    static let turns = 2_000
    static var all: [TensorLoop] {
        [
            TensorLoop(name: "a + b in a loop", script: "c = a + b") { try Tensor.adding($0, $1) },
            TensorLoop(name: "a * 2 in a loop", script: "c = a * 2") { a, _ in
                try Tensor.multiplying(a, 2)
            },
            TensorLoop(name: "a.relu() in a loop", script: "c = a.relu()") { a, _ in try a.relu() },
            TensorLoop(name: "a.sum(axis: 1) in a loop", script: "c = a.sum(axis: 1)") { a, _ in
                try a.sum(axis: 1)
            },
        ]
    }

    /// Seconds an operation that the interpreter adds.
    func overhead(seconds: Double) throws -> Double {
        let a = try Tensor.rand([4, 4])
        let b = try Tensor.rand([4, 4])
        var c = a
        let swift = try timed(seconds: seconds / 2) {
            for _ in 0..<Self.turns { c = try direct(a, b) }
        }
        _ = c
        let interpreter = Interpreter(library: visionLibrary)
        let host = Host(output: StandardOutput())
        let source = """
            func loop(_ a: Tensor, _ b: Tensor) -> Tensor {
                var c = a
                for _ in 0..<\(Self.turns) { \(script) }
                return c
            }
            let a = Tensor.rand([4, 4])
            let b = Tensor.rand([4, 4])
            """
        _ = try interpreter.run(source, cell: .cell(1), host: host)
        var number = 1
        let script = try timed(seconds: seconds / 2) {
            number += 1
            _ = try interpreter.run("loop(a, b);", cell: .cell(number), host: host)
        }
        return (script.minimum - swift.minimum) / Double(Self.turns)
    }
}
