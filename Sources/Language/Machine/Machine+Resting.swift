/// Where a cell may rest, so that another one has a turn above its registers. The other one may change
/// any variable, so nothing may be half done: no value is out of its place, no row of the engine and
/// no code that called back into the script is in the middle of something.
extension Machine {
    /// Stops the cell or rests, between two statements.
    @inline(never)
    func attend() throws {
        try host.cancellation.check()
        if isAtRest { try host.rest() }
    }

    /// Stops the cell or rests, before a call outside of the script.
    @inline(never)
    func attend(before call: Instruction) throws {
        try host.cancellation.check()
        if call.leavesPlaces, isAtRest { try host.rest() }
    }

    /// Whether the row that the innermost call runs may give others a turn.
    var isRowAtRest: Bool {
        guard isAtRest, depth > cellBase else { return false }
        return frames[depth - 1].pc[-1].leavesPlaces
    }

    /// Whether code of the cell alone is under way and no place is lent to one of its calls.
    private var isAtRest: Bool {
        guard cellsUnderWay > 0, entryBase == cellBase else { return false }
        return (cellBase..<max(cellBase, depth - 1)).allSatisfy {
            !frames[$0].pc.pointee.isPuttingBack
        }
    }
}

extension Instruction {
    /// Whether a call outside of the script leaves every value where it is while it runs.
    fileprivate var leavesPlaces: Bool {
        opcode == .callNative || opcode == .callDynamic || opcode == .callValue
    }

    /// Whether it belongs to what follows a call that was lent places.
    fileprivate var isPuttingBack: Bool {
        switch opcode {
        case .ownElement, .ownField, .reachCell, .put, .writeBack: true
        default: false
        }
    }
}
