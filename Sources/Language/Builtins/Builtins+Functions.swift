import Hosting

extension Builtins {
    static var freeFunctions: [Binding] { output + displays + checks + makers }

    private static var output: [Binding] {
        [
            function(
                "print(_ items: Any..., separator: String = \" \", terminator: String = \"\\n\")",
                "Writes values as text."
            ) {
                let items = try elements($0[0])
                var text = ""
                for (index, item) in items.enumerated() {
                    if index > 0 { text += try string($0[1]) }
                    text += item.description
                }
                text += try string($0[2])
                Host.current.output.emit(.text(text, stream: .standardOutput))
                return .void
            },
            function(
                "debugPrint(_ items: Any..., separator: String = \" \", terminator: String = \"\\n\")",
                "Writes values with texts quoted."
            ) {
                let items = try elements($0[0]).map(\.nestedText)
                let text = items.joined(separator: try string($0[1])) + (try string($0[2]))
                Host.current.output.emit(.text(text, stream: .standardOutput))
                return .void
            },
            function(
                "readLine(strippingNewline: Bool = true) -> String?",
                "One line typed by the person, or nil at the end."
            ) {
                let end = try bool($0[0]) ? "" : "\n"
                return optional(
                    try Host.current.output.readLine(prompt: "", isPassword: false).map {
                        .string($0 + end)
                    })
            },
        ]
    }

    private static func fail(_ name: String, _ message: Value) throws -> RuntimeFault {
        let text = try string(message)
        return RuntimeFault(.assertion, text.isEmpty ? "\(name) failed" : "\(name) failed: \(text)")
    }

    private static var checks: [Binding] {
        [
            function(
                "assert(_ condition: Bool, _ message: String = \"\")",
                "Fails where the condition is false."
            ) {
                if try !bool($0[0]) { throw try fail("assert", $0[1]) }
                return .void
            },
            function(
                "precondition(_ condition: Bool, _ message: String = \"\")",
                "Fails where the condition is false."
            ) {
                if try !bool($0[0]) { throw try fail("precondition", $0[1]) }
                return .void
            },
            function("fatalError(_ message: String = \"\") -> Never", "Fails.") {
                throw try fail("fatalError", $0[0])
            },
            function("preconditionFailure(_ message: String = \"\") -> Never", "Fails.") {
                throw try fail("preconditionFailure", $0[0])
            },
            function("assertionFailure(_ message: String = \"\")", "Fails.") {
                throw try fail("assertionFailure", $0[0])
            },
        ]
    }

    private static var makers: [Binding] {
        [
            function("seed(_ value: Int)", "Makes what follows by chance repeatable.") {
                RandomSource.current.reset(UInt64(bitPattern: Int64(try int($0[0]))))
                return .void
            },
            function("zip(_ a: [T], _ b: [U]) -> [(T, U)]", "The pairs of two sequences.") {
                let (a, b) = (
                    try ScriptIterator.make($0[0], machine: nil),
                    try ScriptIterator.make($0[1], machine: nil)
                )
                var result: [Value] = []
                while let first = try a.next(), let second = try b.next() {
                    try Machine.checkRoom(result.count)
                    result.append(.tuple(ScriptTuple([first, second])))
                }
                return .array(result)
            },
            function(
                "stride(from start: Int, to end: Int, by step: Int) -> [Int]",
                "Numbers up to the end, without it."
            ) {
                .array(try steps(int($0[0]), int($0[1]), int($0[2]), closed: false))
            },
            function(
                "stride(from start: Int, through end: Int, by step: Int) -> [Int]",
                "Numbers up to the end, with it."
            ) {
                .array(try steps(int($0[0]), int($0[1]), int($0[2]), closed: true))
            },
            function(
                "stride(from start: Double, to end: Double, by step: Double) -> [Double]",
                "Numbers up to the end, without it."
            ) {
                .array(try steps(double($0[0]), double($0[1]), double($0[2]), closed: false))
            },
            function(
                "stride(from start: Double, through end: Double, by step: Double) -> [Double]",
                "Numbers up to the end, with it."
            ) {
                .array(try steps(double($0[0]), double($0[1]), double($0[2]), closed: true))
            },
            function("repeatElement(_ value: T, count: Int) -> [T]", "One value many times.") {
                let count = try int($0[1])
                guard count >= 0, count <= Machine.maximumElements else {
                    throw RuntimeFault(
                        .memory, "repeatElement(_:count:): \(count) elements cannot be made")
                }
                return .array(Array(repeating: $0[0], count: count))
            },
            function("type(of value: Any) -> Any", "The type of a value.") {
                if case .range(let range) = $0[0], range.isClosed, let bound = range.lower {
                    return .type(.generic("ClosedRange", [bound.dynamicType]))
                }
                return .type($0[0].dynamicType)
            },
        ]
    }

    private static func steps(_ start: Int, _ end: Int, _ step: Int, closed: Bool) throws -> [Value]
    {
        if step == 0 { throw RuntimeFault(.argument, "stride: the step is 0") }
        let count = (Double(end) - Double(start)) / Double(step)
        if count > Double(Machine.maximumElements) {
            throw RuntimeFault(.memory, "stride: too many steps")
        }
        return closed
            ? stride(from: start, through: end, by: step).map { .int($0) }
            : stride(from: start, to: end, by: step).map { .int($0) }
    }

    private static func steps(_ start: Double, _ end: Double, _ step: Double, closed: Bool) throws
        -> [Value]
    {
        if step == 0 || !step.isFinite {
            throw RuntimeFault(.argument, "stride: the step is \(step)")
        }
        if !((end - start) / step < Double(Machine.maximumElements)) {
            throw RuntimeFault(.memory, "stride: too many steps")
        }
        return closed
            ? stride(from: start, through: end, by: step).map { .double($0) }
            : stride(from: start, to: end, by: step).map { .double($0) }
    }
}
