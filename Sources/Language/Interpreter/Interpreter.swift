import Hosting
import SwiftParser
import SwiftSyntax
import Synchronization

/// Runs cells of source against a library, keeping their variables, functions and types.
///
/// One thread at a time runs cells; completion, inspection and completeness may be asked from any
/// thread meanwhile, and answer from the state the last finished cell left. Where a cell rests
/// (`Host.rest()`) its thread may run another one, which sees the variables as they stand.
///
///     let interpreter = Interpreter(library: Library())
///     let result = try interpreter.run("1 + 1", cell: .cell(1), host: Host.current)
///     print(result.value!)  // 2
public final class Interpreter: @unchecked Sendable {
    // Invariant: only the thread inside `run` or `reset` touches the machine and the symbols;
    // everything other threads read is in `published` or immutable.
    public let library: Library
    let index: LibraryIndex
    private var machineStorage: Machine?
    var symbols: [String: Symbol] = [:]
    var order: [String] = []
    var declaredTypes: [Int: DeclaredTypeInfo] = [:]
    var operators: [String: [FunctionDeclaration]] = [:]
    private(set) var swapFunction = FunctionDeclaration.swap()
    private var typeCount = 0
    private var compiled: Set<ObjectIdentifier> = []
    private var random = RandomSource()
    /// Names whose cell failed before they got a value, and that cell.
    var lostNames: [String: String] = [:]
    /// The checks of cells that run: one, and those that have a turn while it rests.
    private var underWay: [Checker] = []
    /// What completion and inspection know of earlier results.
    var resultEntries: [String: Snapshot.Entry] = [:]
    var lastAdopted: (name: String, describe: ((Any) -> String)?) = ("", nil)
    let published = Mutex(Snapshot())
    let running = Mutex<RunningCell?>(nil)

    public init(library: Library) {
        self.library = library
        index = LibraryIndex(library)
        machineStorage = Machine(interpreter: self)
    }

    /// The machine; made with the interpreter, as it refers back to it.
    var machine: Machine {
        if let machineStorage { return machineStorage }
        let made = Machine(interpreter: self)
        machineStorage = made
        return made
    }

    /// Parses, checks, compiles and executes a cell. Variables assigned before a failure stay.
    public func run(_ source: String, cell: CellName, host: Host) throws(ScriptError) -> CellResult
    {
        for checker in underWay { adoptNames(of: checker) }
        let text = SourceText(source, cell: cell)
        let context = FunctionContext(name: "", parent: nil, result: .void, isTopLevel: true)
        let checker = Checker(
            interpreter: self, source: text, root: Scope(parent: nil, context: context),
            context: context)
        let resultType: ScriptType
        do throws(ScriptError) {
            let tree = try checker.parse(source)
            resultType = try checker.checkCell(tree)
            try compile(context, nil, text)
            for function in checker.functions + [swapFunction] {
                try compile(function.context, function, text)
            }
        } catch {
            for step in checker.undo.reversed() { step() }
            for name in checker.declared.keys where symbols[name] == nil {
                lostNames[name] = cell.description
            }
            throw error
        }
        checker.settleDeclaredTypes()
        defer { publish(checker, cell) }
        let watch = MemoryWatch.shared.watch(host.cancellation, library.memory)
        defer { MemoryWatch.shared.end(watch) }
        let outer = begin(
            RunningCell(
                machine: machine, prototype: context.prototype, source: text,
                frame: underWay.isEmpty ? 0 : machine.depth))
        defer { running.withLock { $0 = outer } }
        underWay.append(checker)
        defer { underWay.removeLast() }
        let value: Value?
        let inside = host.inside(
            isAtRest: { [self] in machine.isRowAtRest },
            locate: { [self] in machine.located($0) })
        do {
            value = try Host.$current.withValue(inside) {
                try RandomSource.$current.withValue(random) {
                    try machine.runCell(context.prototype, host: host)
                }
            }
        } catch let error as MachineError {
            throw error.report
        } catch {
            throw ScriptError(.runtime, String(describing: error), underlying: error)
        }
        return CellResult(value: value, type: resultType, warnings: checker.warnings)
    }

    /// Compiles a function once.
    func compile(
        _ context: FunctionContext, _ declaration: FunctionDeclaration?, _ source: SourceText?
    ) throws(ScriptError) {
        guard let source, compiled.insert(ObjectIdentifier(context.prototype)).inserted else {
            return
        }
        machine.prototypes.append(context.prototype)
        let emitter = Emitter(context, source: source, interpreter: self)
        try emitter.compile(context.body, declaration: declaration)
    }

    func nextTypeID() -> Int {
        typeCount += 1
        return typeCount
    }

    /// Whether a cell is running, seen from the thread that runs cells.
    public var isRunning: Bool { !underWay.isEmpty }

    /// Forgets every variable, function and type of earlier cells; not while one runs.
    public func reset() {
        guard !isRunning else { return }
        symbols = [:]
        order = []
        declaredTypes = [:]
        operators = [:]
        swapFunction = .swap()
        lostNames = [:]
        resultEntries = [:]
        // Functions that are constants refer to the machine that holds what was compiled.
        machineStorage?.prototypes = []
        machineStorage = nil
        compiled = []
        published.withLock { $0 = Snapshot() }
    }

    /// Makes the names of a cell visible to the next ones: all that it declared and, of its
    /// variables, those that got a value.
    private func publish(_ checker: Checker, _ cell: CellName) {
        adoptNames(of: checker)
        for name in checker.declared.keys where symbols[name] == nil {
            lostNames[name] = cell.description
        }
        publishSnapshot()
    }

    /// Takes the names that have a value by now over from a cell's check, which forgets them: what a
    /// cell that had a turn declares meanwhile is newer.
    private func adoptNames(of checker: Checker) {
        for (name, symbol) in checker.declared.sorted(by: { $0.key < $1.key }) {
            if case .global(let global) = symbol, !global.isInitialized { continue }
            lostNames[name] = nil
            if symbols[name] != nil { order.removeAll { $0 == name } }
            symbols[name] = symbol
            order.append(name)
            checker.declared[name] = nil
        }
    }
}
