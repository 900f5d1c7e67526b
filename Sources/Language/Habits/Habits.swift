/// What people write who come from Python, and what to write here. Names of tensor libraries are
/// the library's to know: `Library.hints`.
enum Habits {
    static let names: [String: String] = [
        "None": "nil", "True": "true", "False": "false", "and": "&&", "or": "||", "not": "!",
        "elif": "else if", "def": "func name(x: Int) -> Int { ... }", "lambda": "{ x in ... }",
        "pass": "an empty block { }", "del": "remove(at:) or let it go out of scope",
        "null": "nil", "NULL": "nil", "nullptr": "nil", "undefined": "nil", "this": "self",
        "const": "let", "function": "func", "fn": "func", "except": "do { } catch { }",
        "raise": "throw", "yield": "an array built with append",
        "with": "plain calls; values close themselves",
        "global": "the variable itself, which functions see", "nonlocal": "the variable itself",
        "len": ".count", "str": "String", "float": "Double", "list": "Array", "dict": "[:]",
        "xrange": "0..<n", "input": "readLine()", "math": "sqrt(x), sin(x) and so on directly",
        "println": "print", "printf": "print with \"\\(value)\"", "console": "print",
        "Integer": "Int", "void": "Void",
        "__name__": "top-level code, which simply runs", "is_not": "!=",
        "isinstance": "value is Type",
        "Math": "sqrt(x), sin(x) and so on directly", "System": "print", "fmt": "print",
        "NSLog": "print", "DispatchQueue": "plain statements: a cell runs in order",
        "Task": "plain statements: a cell runs in order",
        "URL": "the path or address as a text", "FileManager": "paths as texts",
        "NaN": "Double.nan", "inf": "Double.infinity", "pi": "Double.pi", "PI": "Double.pi",
        "sum": "values.reduce(0, +)",
        "object": "struct", "exit": "return, or let the cell end",
    ]

    /// Operators of other languages.
    static let operators: [String: String] = [
        "//": "/ between Ints", "<>": "!=", "@": "•", "^^": "**", "++": "+= 1", "--": "-= 1",
        "..": "..< to stop before the end, ... to include it", "===": "==", "!==": "!=",
        ":=": "let name = value", "<-": "=", "=>": ">=, or { x in ... } for a function",
        "=<": "<=", "|>": "a method call: value.method()", "->": "a closure: { x in ... }",
        "%%": "%", "&&&": "&&", "<=>": "<, == or >", ">>>": ">>", "=~": "contains(text)",
        "++=": "+=", "!": "!= for comparing",
    ]

    /// Labels of arguments.
    static let labels: [String: String] = [
        "end": "terminator", "sep": "separator", "dim": "axis", "keepdim": "keepDims",
        "keepdims": "keepDims", "lr": "learningRate", "learning_rate": "learningRate",
        "batch_size": "batchSize", "kernel_size": "kernel", "weight_decay": "weightDecay",
    ]

    /// Types of Python, C and Java.
    static let typeNames: [String: String] = [
        "int": "Int", "float": "Double", "double": "Double", "str": "String", "bool": "Bool",
        "list": "[Double]", "dict": "[String: Double]", "tuple": "(Int, Int)", "object": "Any",
        "string": "String", "boolean": "Bool", "long": "Int", "char": "Character",
        "None": "Void", "nil": "Void", "void": "Void", "ndarray": "Tensor",
        "np.ndarray": "Tensor", "torch.Tensor": "Tensor", "auto": "", "Int32": "Int",
        "Int64": "Int", "UInt8": "Int", "UInt": "Int", "Float32": "Float", "Float64": "Double",
        "Integer": "Int", "Boolean": "Bool", "Substring": "String",
    ]

    /// Labels of single functions.
    static let callLabels: [String: String] = [
        "sorted.reverse": "sorted(by: >)", "sorted.key": "sorted { $0 < $1 }",
        "sort.reverse": "sort(by: >)", "sort.key": "sort { $0 < $1 }",
        "max.key": "max(by:) on the values", "min.key": "min(by:) on the values",
    ]

    static let imports: [String: String] = [
        "Foundation": "leave it out: the functions of the standard library and maths are here",
        "Glibc": "leave it out: sqrt, exp, sin and so on are here",
        "math": "leave it out: sqrt, exp, sin and so on are here",
        "random": "leave it out: use Int.random(in: 0..<10), Double.random(in: 0...1)",
        "numpy": "leave it out: tensors are here",
        "torch": "leave it out: tensors and layers are here",
        "os": "leave it out: files are named by their paths",
    ]

    /// What another language's member of a name is here, whichever type it belongs to.
    static func member(_ name: String) -> String? {
        members.filter { $0.key.hasSuffix(".\(name)") }.min { $0.key < $1.key }?.value
    }

    static let members: [String: String] = [
        "Array.len": "count", "Array.length": "count", "Array.size": "count",
        "Array.push": "append(x)", "Array.push_back": "append(x)",
        "Array.pop": "removeLast() or popLast()",
        "Array.extend": "append(contentsOf: other)", "Array.add": "append(x)",
        "Array.index": "firstIndex(of: x)", "Array.indexOf": "firstIndex(of: x)",
        "Array.includes": "contains(x)", "Array.mean": "reduce(0, +) / Double(values.count)",
        "Array.max()": "max()", "Array.reverse_": "reversed()", "Array.slice": "values[1..<3]",
        "Array.concat": "values + others", "Array.every": "allSatisfy { ... }",
        "Array.some": "contains { ... }", "Array.find": "first { ... }",
        "Array.addAll": "append(contentsOf: other)", "Array.unique": "Array(Set(values))",
        "String.chars": "the text itself: for c in text",
        "String.charAt": "Array(text)[i]", "String.at": "Array(text)[i]",
        "String.substring": "prefix(n), suffix(n) or dropFirst(n)",
        "String.trim": "trimmingCharacters(in: .whitespaces)",
        "String.capitalized": "uppercased(), for the first letter prefix(1).uppercased()",
        "String.capitalize": "uppercased(), for the first letter prefix(1).uppercased()",
        "String.toUpperCase": "uppercased()", "String.toLowerCase": "lowercased()",
        "String.startsWith": "hasPrefix(x)", "String.endsWith": "hasSuffix(x)",
        "String.indexOf": "contains(x)", "String.isdigit": "allSatisfy { $0.isNumber }",
        "String.toInt": "Int(text) ?? 0", "Int.toString": "String(n)",
        "Double.toString": "String(x)", "Double.toInt": "Int(x)", "Int.toDouble": "Double(n)",
        "Int.toFloat": "Double(n)", "Array.copy": "let copy = array: arrays are values",
        "Array.sum": "reduce(0, +)", "Array.clear": "removeAll()", "Array.remove": "remove(at: i)",
        "Array.join": "joined(separator: \", \")", "Array.length()": "count",
        "String.len": "count", "String.length": "count", "String.upper": "uppercased()",
        "String.lower": "lowercased()", "String.strip": "trimmingCharacters(in: .whitespaces)",
        "String.startswith": "hasPrefix(x)", "String.endswith": "hasSuffix(x)",
        "String.replace": "replacingOccurrences(of: a, with: b)",
        "String.format": "an interpolation: \"\\(x)\"",
        "String.join": "joined on the array: array.joined(separator: text)",
        "String.find": "contains(x)",
        "Dictionary.items": "the dictionary itself: for (key, value) in d",
        "Dictionary.get": "d[key] ?? value", "Dictionary.has_key": "d[key] != nil",
        "Dictionary.update": "merging(other) { $1 }", "Dictionary.len": "count",
        "Set.add": "insert(x)",
        "Dictionary.contains": "d[key] != nil",
    ]

    /// What a call of a Python function is here; `arguments` are its texts.
    static func call(_ name: String, _ arguments: [String]) -> String? {
        let first = arguments.first ?? "x"
        switch (name, arguments.count) {
        case ("len", 1): return "\(first).count"
        case ("range", 1): return "0..<\(first)"
        case ("range", 2): return "\(first)..<\(arguments[1])"
        case ("range", 3):
            return "stride(from: \(first), to: \(arguments[1]), by: \(arguments[2]))"
        case ("str", 1): return "String(\(first))"
        case ("int", 1): return "Int(\(first))"
        case ("float", 1): return "Double(\(first))"
        case ("list", 1): return "Array(\(first))"
        case ("set", 1): return "Set(\(first))"
        case ("sum", 1): return "\(first).reduce(0, +)"
        case ("sorted", 1): return "\(first).sorted()"
        case ("reversed", 1): return "\(first).reversed()"
        case ("enumerate", 1): return "\(first).enumerated()"
        case ("map", 2): return "\(arguments[1]).map { ... }"
        case ("filter", 2): return "\(arguments[1]).filter { ... }"
        case ("type", 1): return "type(of: \(first))"
        case ("isinstance", 2): return "\(first) is \(arguments[1])"
        case ("input", _): return "readLine()"
        case ("any", 1): return "\(first).contains { $0 }"
        case ("all", 1): return "\(first).allSatisfy { $0 }"
        case ("round", 1): return "(\(first)).rounded()"
        default: return nil
        }
    }
}
