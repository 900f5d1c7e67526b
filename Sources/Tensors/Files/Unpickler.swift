/// Reads Python's pickle format as far as checkpoints need it, and runs nothing: a name that is no
/// part of a dictionary of tensors is refused with what it is.
///
/// Source: Python's Lib/pickletools.py, protocols 0 to 5.
final class Unpickler {
    private var cursor: ByteCursor
    private var stack: [PickleValue] = []
    /// Where the stack stood at each mark.
    private var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]
    /// Every container that was made, taken apart at the end: a pickle can nest them deeper than
    /// they could be released, and in circles.
    private var containers: [PickleContainer] = []

    /// What tensors were said to lie in, under its key.
    private(set) var storages: [String: TorchStorage] = [:]

    /// The most instructions that are followed: a hundred times those of a large network, and little
    /// memory.
    private static let mostInstructions = 8 << 20

    /// Reads the pickles of a part of a source, one after the other.
    init(_ source: any ByteSource, _ place: Range<Int>) {
        cursor = ByteCursor(source, place)
    }

    deinit {
        stack = []
        memo = [:]
        for container in containers { container.items = [] }
    }

    /// Where the next pickle starts.
    var position: Int { cursor.position }

    /// The value of the next pickle; its containers live as long as the unpickler.
    func next() throws -> PickleValue {
        stack = []
        marks = []
        memo = [:]
        for _ in 0..<Self.mostInstructions {
            let instruction = try cursor.byte()
            if instruction == UInt8(ascii: ".") { return try pop() }
            try follow(instruction)
        }
        throw failure("the pickle has too many instructions")
    }

    private func failure(_ problem: String) -> TensorError { cursor.source.failure(problem) }

    private func damaged() -> TensorError {
        failure("the pickle is damaged near byte \(cursor.position)")
    }

    private func follow(_ instruction: UInt8) throws {
        if try pushesNumber(instruction) || pushesText(instruction) { return }
        if try handlesContainer(instruction) || handlesMemo(instruction) { return }
        switch instruction {
        case 0x80: try cursor.skip(1)  // PROTO
        case 0x95: try cursor.skip(8)  // FRAME
        case UInt8(ascii: "("): marks.append(stack.count)
        case UInt8(ascii: "0"): _ = try pop()
        case UInt8(ascii: "1"): _ = try popToMark()
        case UInt8(ascii: "2"): stack.append(try top())
        case UInt8(ascii: "c"):
            let module = try line()
            try pushGlobal(module, try line())
        case 0x93:
            guard let name = try pop().string, let module = try pop().string else {
                throw damaged()
            }
            try pushGlobal(module, name)
        case UInt8(ascii: "i"):
            let module = try line()
            throw refusal(module, try line())
        case UInt8(ascii: "R"):
            let arguments = try pop()
            stack.append(try called(try pop(), arguments))
        case UInt8(ascii: "b"):
            // What an ordered dictionary carries beside its entries is of no use here.
            _ = try pop()
            guard case .container(let container) = try top(), container.kind == .dictionary else {
                throw refusedObject()
            }
        case UInt8(ascii: "Q"): stack.append(.storage(try storage(try pop())))
        case 0x81, 0x92, UInt8(ascii: "o"): throw refusedObject()
        default:
            throw failure(
                "the pickle holds what no weights need: instruction "
                    + "0x\(String(instruction, radix: 16)) at byte \(cursor.position - 1)")
        }
    }

    private func refusedObject() -> TensorError {
        failure("the pickle asks for an object to be made, which is refused: it could run code")
    }

    private func refusal(_ module: String, _ name: String) -> TensorError {
        failure(
            "the pickle asks for '\(module.prefix(80)).\(name.prefix(80))', which is refused: "
                + "it could run code", expected: "tensors, dictionaries and numbers alone")
    }

    private func failure(_ problem: String, expected: String) -> TensorError {
        cursor.source.failure(problem, expected: expected)
    }

    // MARK: The stack

    private func top() throws -> PickleValue {
        guard let value = stack.last, stack.count > marks.last ?? 0 else { throw damaged() }
        return value
    }

    private func pop() throws -> PickleValue {
        let value = try top()
        stack.removeLast()
        return value
    }

    private func popToMark() throws -> [PickleValue] {
        guard let mark = marks.popLast() else { throw damaged() }
        let values = Array(stack[mark...])
        stack.removeSubrange(mark...)
        return values
    }

    private func push(_ kind: PickleContainer.Kind, _ items: [PickleValue] = []) {
        let container = PickleContainer(kind, items)
        containers.append(container)
        stack.append(.container(container))
    }

    /// The container under what was popped.
    private func target(_ kind: PickleContainer.Kind) throws -> PickleContainer {
        guard case .container(let container) = try top(), container.kind == kind else {
            throw damaged()
        }
        return container
    }

    private func line() throws -> String {
        var bytes: [UInt8] = []
        while true {
            let byte = try cursor.byte()
            if byte == 10 { return String(decoding: bytes, as: UTF8.self) }
            guard bytes.count < 1 << 12 else { throw damaged() }
            bytes.append(byte)
        }
    }

    // MARK: Instructions

    private func pushesNumber(_ instruction: UInt8) throws -> Bool {
        switch instruction {
        case UInt8(ascii: "N"): stack.append(.none)
        case 0x88: stack.append(.bool(true))
        case 0x89: stack.append(.bool(false))
        case UInt8(ascii: "J"):
            stack.append(.int(Int(Int32(truncatingIfNeeded: try cursor.number(4)))))
        case UInt8(ascii: "K"): stack.append(.int(Int(try cursor.byte())))
        case UInt8(ascii: "M"): stack.append(.int(Int(try cursor.number(2))))
        case UInt8(ascii: "G"):
            stack.append(.float(Double(bitPattern: try cursor.number(8).byteSwapped)))
        case 0x8A: try pushLong(Int(try cursor.byte()))
        case 0x8B: try pushLong(Int(try cursor.number(4)))
        case UInt8(ascii: "I"), UInt8(ascii: "L"):
            let text = try line()
            guard let value = Int(text.hasSuffix("L") ? text.dropLast() : text[...]) else {
                throw damaged()
            }
            stack.append(text == "01" ? .bool(true) : text == "00" ? .bool(false) : .int(value))
        case UInt8(ascii: "F"):
            guard let value = Double(try line()) else { throw damaged() }
            stack.append(.float(value))
        default: return false
        }
        return true
    }

    /// A number of any length in two's complement; one that no `Int` holds, such as the mark at the
    /// front of an old checkpoint, keeps its lowest 64 bits.
    private func pushLong(_ count: Int) throws {
        let bytes = try cursor.bytes(count)
        var value: UInt64 = bytes.last.map { $0 >= 0x80 ? .max : 0 } ?? 0
        for byte in bytes.reversed() { value = value << 8 | UInt64(byte) }
        stack.append(.int(Int(truncatingIfNeeded: value)))
    }

    private func pushesText(_ instruction: UInt8) throws -> Bool {
        let lengthBytes: Int
        let isText: Bool
        switch instruction {
        case UInt8(ascii: "U"), 0x8C: (lengthBytes, isText) = (1, true)
        case UInt8(ascii: "T"), UInt8(ascii: "X"): (lengthBytes, isText) = (4, true)
        case 0x8D: (lengthBytes, isText) = (8, true)
        case UInt8(ascii: "C"): (lengthBytes, isText) = (1, false)
        case UInt8(ascii: "B"): (lengthBytes, isText) = (4, false)
        case 0x8E: (lengthBytes, isText) = (8, false)
        case UInt8(ascii: "V"):
            stack.append(.text(try line()))
            return true
        case UInt8(ascii: "S"):
            stack.append(.text(String(try line().dropFirst().dropLast())))
            return true
        default: return false
        }
        let length = try cursor.number(lengthBytes)
        guard length <= UInt64(cursor.remaining) else { throw damaged() }
        if isText {
            stack.append(.text(String(decoding: try cursor.bytes(Int(length)), as: UTF8.self)))
        } else {
            try cursor.skip(Int(length))
            stack.append(.bytes)
        }
        return true
    }

    private func handlesContainer(_ instruction: UInt8) throws -> Bool {
        switch instruction {
        case UInt8(ascii: ")"): push(.tuple)
        case 0x85, 0x86, 0x87:
            var items: [PickleValue] = []
            for _ in 0..<instruction - 0x84 { items.append(try pop()) }
            push(.tuple, items.reversed())
        case UInt8(ascii: "t"): push(.tuple, try popToMark())
        case UInt8(ascii: "]"): push(.list)
        case UInt8(ascii: "l"): push(.list, try popToMark())
        case UInt8(ascii: "a"):
            let value = try pop()
            try target(.list).items.append(value)
        case UInt8(ascii: "e"):
            let values = try popToMark()
            try target(.list).items += values
        case UInt8(ascii: "}"): push(.dictionary)
        case UInt8(ascii: "d"): push(.dictionary, try pairs())
        case UInt8(ascii: "s"):
            let value = try pop()
            let key = try pop()
            try target(.dictionary).items += [key, value]
        case UInt8(ascii: "u"):
            let values = try pairs()
            try target(.dictionary).items += values
        default: return false
        }
        return true
    }

    private func pairs() throws -> [PickleValue] {
        let values = try popToMark()
        guard values.count.isMultiple(of: 2) else { throw damaged() }
        return values
    }

    private func handlesMemo(_ instruction: UInt8) throws -> Bool {
        switch instruction {
        case UInt8(ascii: "q"): memo[Int(try cursor.byte())] = try top()
        case UInt8(ascii: "r"): memo[Int(try cursor.number(4))] = try top()
        case 0x94: memo[memo.count] = try top()
        case UInt8(ascii: "p"): memo[try place(try line())] = try top()
        case UInt8(ascii: "h"): try recall(Int(try cursor.byte()))
        case UInt8(ascii: "j"): try recall(Int(try cursor.number(4)))
        case UInt8(ascii: "g"): try recall(try place(try line()))
        default: return false
        }
        return true
    }

    private func place(_ text: String) throws -> Int {
        guard let place = Int(text), place >= 0 else { throw damaged() }
        return place
    }

    private func recall(_ place: Int) throws {
        guard let value = memo[place] else { throw damaged() }
        stack.append(value)
    }

    // MARK: What PyTorch adds

    private func pushGlobal(_ module: String, _ name: String) throws {
        guard let global = PickleGlobal(module: module, name: name) else {
            throw refusal(module, name)
        }
        stack.append(.global(global))
    }

    private func called(_ function: PickleValue, _ arguments: PickleValue) throws -> PickleValue {
        guard case .global(let global) = function else { throw refusedObject() }
        guard let arguments = arguments.elements else { throw damaged() }
        switch global {
        case .orderedDictionary:
            var items: [PickleValue] = []
            for pair in arguments.first?.elements ?? [] {
                guard let pair = pair.elements, pair.count == 2 else { throw damaged() }
                items += pair
            }
            push(.dictionary, items)
            return try pop()
        case .size:
            guard let size = arguments.first else { throw damaged() }
            return size
        case .rebuildParameter:
            guard case .tensor? = arguments.first else { throw damaged() }
            return arguments[0]
        case .rebuildTensor: return .tensor(try tensor(arguments, type: nil))
        case .rebuildTypedTensor:
            guard arguments.count >= 7, case .global(.elementType(let type)) = arguments[6] else {
                throw damaged()
            }
            return .tensor(try tensor(arguments, type: type))
        case .storage, .elementType: throw refusedObject()
        }
    }

    private func tensor(_ arguments: [PickleValue], type: StoredType?) throws -> TorchTensor {
        guard arguments.count >= 4, case .storage(let storage) = arguments[0],
            let offset = arguments[1].integer, offset >= 0,
            let shape = arguments[2].integers, let strides = arguments[3].integers,
            shape.count == strides.count, shape.count <= 64,
            let type = type ?? storage.type
        else { throw damaged() }
        return TorchTensor(
            storage: storage, type: type, offset: offset, shape: shape, strides: strides)
    }

    /// `('storage', kind, key, location, count)`, and in old files a view `(key, offset, count)`.
    private func storage(_ reference: PickleValue) throws -> TorchStorage {
        guard let parts = reference.elements, parts.count >= 5, parts[0].string == "storage",
            case .global(.storage(let type)) = parts[1], let key = parts[2].string,
            let count = parts[4].integer, count >= 0
        else { throw damaged() }
        var storage = TorchStorage(key: key, type: type, count: count)
        if let known = storages[key] {
            guard known.type == type, known.count == count else { throw damaged() }
        } else {
            storages[key] = storage
        }
        if parts.count > 5, let view = parts[5].elements {
            guard view.count == 3, let offset = view[1].integer, let size = view[2].integer,
                offset >= 0, size >= 0, offset <= count, size <= count - offset
            else { throw damaged() }
            storage.offset = offset
            storage.count = size
        }
        return storage
    }
}
