import Hosting

/// An error on its way through frames: the report made where it arose, and what a script sees of it.
struct MachineError: Error, @unchecked Sendable {
    // Invariant: caught on the thread that threw it.
    let report: ScriptError
    let value: Value
    /// Whether a script may catch it; an interruption passes through.
    let isCatchable: Bool
}

extension MachineError: CustomStringConvertible {
    var description: String { report.message }
}

extension ScriptError {
    /// What a script failed with, from the error that `ScriptFunction.call(_:)` and
    /// `Instance.call(for:_:)` throw; `nil` for an error from elsewhere. Throw that error on, so
    /// that a script can catch the value it threw.
    public init?(from error: any Error) {
        switch error {
        case let error as MachineError: self = error.report
        case let error as ScriptError: self = error
        default: return nil
        }
    }
}

extension Machine {
    /// Throws what could not be thrown where it arose: an error inside `==` of a key, an interruption
    /// that made a long comparison give up.
    func settle() throws {
        if let error = deferredError {
            deferredError = nil
            throw error
        }
        try host.cancellation.check()
    }

    /// Takes an error to the nearest handler at or above `base`, or throws it on.
    func unwind(_ error: any Error, base: Int) throws {
        var cause = error
        // A script that fails and catches in a loop is stopped here.
        do { try host.cancellation.check() } catch { cause = error }
        let located = locate(cause)
        // A row that failed leaves its base to be put back.
        if depth > base, frames[depth - 1].pc[-1].opcode == .callHeld { putBackAfterError() }
        while depth > base {
            let frame = frames[depth - 1]
            if let handler = handlers.last, handler.frame == depth {
                handlers.removeLast()
                if located.isCatchable {
                    frames[depth - 1].pc = frame.block.pointee.code + handler.target
                    frame.values[Int(handler.register)] = .object(
                        ForeignObject(located, typeName: "Error"))
                    return
                }
                continue
            }
            for index in frame.block.pointee
                .keptValues..<max(
                    frame.block.pointee.keptValues, frame.block.pointee.valueCount)
            { frame.values[index] = .void }
            depth -= 1
            if depth > base { putBackAfterError() }
        }
        throw located
    }

    private func locate(_ error: any Error) -> MachineError {
        if let known = error as? MachineError { return known }
        var report: ScriptError
        var value = Value.object(ForeignObject(error, typeName: "Error"))
        var isCatchable = true
        switch error {
        case let fault as RuntimeFault:
            report = ScriptError(fault.kind, fault.description, suggestion: fault.suggestion)
        case let thrown as ThrownValue:
            value = thrown.value
            report = ScriptError(.thrown, "uncaught error: \(value.shortText)")
        case let script as ScriptError: report = script
        case is Interrupted:
            report = ScriptError(.interrupted, "interrupted")
            isCatchable = false
        case let exhausted as MemoryExhausted:
            report = ScriptError(
                .memory, exhausted.description,
                suggestion: "let go of values no longer needed, or begin anew with a restart")
        case let fault as any ScriptFault:
            report = ScriptError(
                .init(rawValue: fault.faultName), String(describing: error), underlying: error)
            report.location = fault.scriptOrigin?.location
            report.stack = fault.scriptOrigin?.stack ?? []
        default: report = ScriptError(.runtime, String(describing: error), underlying: error)
        }
        if report.location == nil, depth > 0 {
            report.location = location(of: depth - 1)
            report.stack = stackFrames()
            let calls = depth - cellBase
            if calls > 12 { report.notes.append("\(calls - 1) calls were under way") }
        }
        return MachineError(report: report, value: value, isCatchable: isCatchable)
    }

    /// A warning of a row, with the place that called it.
    func located(_ warning: Warning) -> Warning.Report {
        guard depth > 0, let location = location(of: depth - 1) else {
            return Warning.Report(place: "\(warning)", text: "\(warning)")
        }
        let text = ScriptError(
            .runtime, warning.message, at: location, suggestion: warning.suggestion
        ).asWarning
        return Warning.Report(
            place: "\(location.cell):\(location.line):\(location.column)", text: text)
    }

    private func location(of index: Int) -> ScriptError.Location? {
        let frame = frames[index]
        let prototype = frame.block.pointee.prototype.takeUnretainedValue()
        let position = max(0, frame.pc - frame.block.pointee.code - 1)
        guard let source = prototype.source, position < prototype.spans.count else { return nil }
        let span = prototype.spans[position]
        return source.location(Int(span.offset), length: Int(span.length))
    }

    /// The calls under way, innermost first; of very many, the ends.
    private func stackFrames() -> [ScriptError.Frame] {
        guard depth > cellBase + 1 else { return [] }
        let callers = cellBase..<(depth - 1)
        var indices = Array(callers.reversed().prefix(8))
        if callers.count > 11 {
            indices += [2, 1, 0].map { cellBase + $0 }
        } else {
            indices = callers.reversed()
        }
        return indices.compactMap { index in
            location(of: index).map {
                ScriptError.Frame(
                    function: frames[index].block.pointee.prototype.takeUnretainedValue().name,
                    location: $0)
            }
        }
    }

    /// What `catch` binds: the value a script threw, or the engine's error as a value that prints.
    static func scriptValue(ofError value: Value) -> Value {
        guard case .object(let object) = value, let error = object.base as? MachineError else {
            return value
        }
        if case .object(let inner) = error.value, inner.typeName == "Error" {
            return .object(ForeignObject(CaughtError(report: error.report), typeName: "Error"))
        }
        return error.value
    }
}

/// An engine error in a script's hands; it prints as its message.
struct CaughtError: Error, CustomStringConvertible {
    let report: ScriptError
    var description: String { report.message }
}
