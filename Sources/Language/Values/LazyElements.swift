import Hosting

/// A sequence whose elements are made as they are asked for: `values.lazy.map { ... }`.
///
/// Each pass over it starts again, so the functions it holds are called again.
struct LazyElements {
    /// Begins a pass over the elements.
    let makeIterator: () throws -> () throws -> Value?

    init(_ makeIterator: @escaping () throws -> () throws -> Value?) {
        self.makeIterator = makeIterator
    }

    /// The elements of a built-in sequence.
    init(_ value: Value) {
        makeIterator = {
            let iterator = try ScriptIterator.make(value, machine: nil)
            return iterator.next
        }
    }

    /// As a value of the type `LazySequence`, or of the one named.
    func value(_ typeName: String = "LazySequence") -> Value {
        .object(ForeignObject(self, typeName: typeName))
    }

    /// Everything an iterator still gives, as long as that is not too much.
    static func collected(_ iterator: ScriptIterator) throws -> [Value] {
        var result: [Value] = []
        let cancellation = Host.current.cancellation
        while let value = try iterator.next() {
            try cancellation.check()
            try Machine.checkRoom(result.count)
            result.append(value)
        }
        return result
    }
}

extension LazyElements: CustomStringConvertible {
    var description: String { "LazySequence" }
}
