/// Calls of built-in names that run, with what they give; inspection shows them.
package enum BuiltinExamples {
    /// An example of a row; one of a member serves every type that has the member.
    static func of(_ name: String, _ kind: Binding.Kind) -> String {
        let owner: String? =
            switch kind {
            case .function, .operator, .constant: nil
            case .initializer(let owner), .method(let owner), .property(let owner, _),
                .staticMethod(let owner), .staticProperty(let owner), .subscript(let owner, _):
                owner
            }
        return owner.flatMap { all["\($0).\(name)"] } ?? all[name] ?? ""
    }

    /// Examples by name, or by owner and name; a comment says what the last line gives.
    package static let all: [String: String] = [
        // Printing and asking
        "print": #"print("loss", 0.5, separator: ": ")"#,
        "debugPrint": #"debugPrint("text")"#,
        "display": "display([1, 2, 3])",
        "DisplayHandle.update": #"let shown = display("working"); shown.update("done")"#,
        "clearOutput": "clearOutput(wait: true)",
        "assert": #"assert(1 + 1 == 2, "arithmetic is broken")"#,
        "precondition": #"precondition(2 > 1, "order is broken")"#,
        "type": "type(of: 1.5)",
        // Sequences
        "zip": #"Array(zip([1, 2], ["a", "b"]))  // [(1, "a"), (2, "b")]"#,
        "stride": "Array(stride(from: 0, to: 10, by: 4))  // [0, 4, 8]",
        "makeIterator": "var rest = [1, 2].makeIterator()\nrest.next() ?? 0  // 1",
        "next": "var rest = [1, 2].makeIterator()\nrest.next() ?? 0  // 1",
        "map": "[1, 2, 3].map { $0 * 2 }  // [2, 4, 6]",
        "filter": "[1, 2, 3].filter { $0 > 1 }  // [2, 3]",
        "reduce": "[1, 2, 3].reduce(0, +)  // 6",
        "compactMap": #"["1", "x"].compactMap { Int($0) }  // [1]"#,
        "flatMap": "[[1], [2, 3]].flatMap { $0 }  // [1, 2, 3]",
        "forEach": "[1, 2].forEach { print($0) }",
        "enumerated": #"for (index, name) in ["a", "b"].enumerated() { print(index, name) }"#,
        "sorted": "[3, 1, 2].sorted()  // [1, 2, 3]",
        "reversed": "[1, 2, 3].reversed()  // [3, 2, 1]",
        "shuffled": "[1, 2, 3].shuffled().count  // 3",
        "min": "min(3, 1, 2)  // 1",
        "max": "max(3, 1, 2)  // 3",
        "Array.min": "[3, 1, 2].min() ?? 0  // 1",
        "Array.max": "[3, 1, 2].max() ?? 0  // 3",
        "contains": "[1, 2].contains(2)  // true",
        "String.contains": #""hello".contains("ell")  // true"#,
        "firstIndex": #"["a", "b"].firstIndex(of: "b") ?? 0  // 1"#,
        "first": "[1, 2].first ?? 0  // 1",
        "last": "[1, 2].last ?? 0  // 2",
        "count": "[1, 2, 3].count  // 3",
        "isEmpty": "[1].isEmpty  // false",
        "prefix": "[1, 2, 3].prefix(2)  // [1, 2]",
        "suffix": "[1, 2, 3].suffix(2)  // [2, 3]",
        "dropFirst": "[1, 2, 3].dropFirst()  // [2, 3]",
        "dropLast": "[1, 2, 3].dropLast()  // [1, 2]",
        "allSatisfy": "[1, 2].allSatisfy { $0 > 0 }  // true",
        "randomElement": "[5].randomElement() ?? 0  // 5",
        "starts": "[1, 2, 3].starts(with: [1, 2])  // true",
        "joined": #"["a", "b"].joined(separator: ", ")  // "a, b""#,
        "indices": "for index in [4, 5].indices { print(index) }",
        // Changes
        "append": "var values = [1]; values.append(2); values  // [1, 2]",
        "insert": "var values = [2]; values.insert(1, at: 0); values  // [1, 2]",
        "Set.insert": "var seen: Set = [1]; seen.insert(2); seen.count  // 2",
        "remove": "var values = [1, 2]; values.remove(at: 0); values  // [2]",
        "Set.remove": "var seen: Set = [1, 2]; seen.remove(2); seen.count  // 1",
        "removeFirst": "var values = [1, 2]; values.removeFirst(); values  // [2]",
        "removeLast": "var values = [1, 2]; values.removeLast(); values  // [1]",
        "removeAll": "var values = [1, 2]; values.removeAll(); values.isEmpty  // true",
        "popLast": "var values = [1, 2]; values.popLast() ?? 0  // 2",
        "sort": "var values = [3, 1]; values.sort(); values  // [1, 3]",
        "reverse": "var values = [1, 2]; values.reverse(); values  // [2, 1]",
        "swapAt": "var values = [1, 2]; values.swapAt(0, 1); values  // [2, 1]",
        "toggle": "var isOn = false; isOn.toggle(); isOn  // true",
        // Dictionaries and sets
        "keys": #"["a": 1].keys.sorted()  // ["a"]"#,
        "values": #"["a": 1].values.sorted()  // [1]"#,
        "mapValues": #"["a": 1].mapValues { $0 + 1 }  // ["a": 2]"#,
        "merging": #"["a": 1].merging(["a": 5]) { old, new in old + new }  // ["a": 6]"#,
        "updateValue":
            #"var ages = ["Ann": 30]; ages.updateValue(31, forKey: "Ann") ?? 0  // 30"#,
        "removeValue": #"var ages = ["Ann": 30]; ages.removeValue(forKey: "Ann") ?? 0  // 30"#,
        "Dictionary.init": #"Dictionary(grouping: [1, 2, 3]) { $0 % 2 }[1] ?? []  // [1, 3]"#,
        "union": "Set([1]).union([2]).sorted()  // [1, 2]",
        "intersection": "Set([1, 2]).intersection([2, 3]).sorted()  // [2]",
        "subtracting": "Set([1, 2]).subtracting([2]).sorted()  // [1]",
        "symmetricDifference": "Set([1, 2]).symmetricDifference([2, 3]).sorted()  // [1, 3]",
        "isSubset": "Set([1]).isSubset(of: [1, 2])  // true",
        "isSuperset": "Set([1, 2]).isSuperset(of: [1])  // true",
        // Texts
        "uppercased": #""hello".uppercased()  // "HELLO""#,
        "lowercased": #""Hello".lowercased()  // "hello""#,
        "hasPrefix": #""hello".hasPrefix("he")  // true"#,
        "hasSuffix": #""cat.png".hasSuffix(".png")  // true"#,
        "split": #""a,b".split(separator: ",")  // ["a", "b"]"#,
        "components": #""a, b".components(separatedBy: ", ")  // ["a", "b"]"#,
        "replacingOccurrences": #""a-b".replacingOccurrences(of: "-", with: "+")  // "a+b""#,
        "trimmingCharacters": #""  a ".trimmingCharacters(in: .whitespaces)  // "a""#,
        "String.init": #"String(255, radix: 16)  // "ff""#,
        "String.append": #"var text = "a"; text.append("b"); text  // "ab""#,
        // Numbers
        "sqrt": "sqrt(2.25)  // 1.5",
        "exp": "exp(0.0)  // 1.0",
        "log": "log(1.0)  // 0.0",
        "log2": "log2(8.0)  // 3.0",
        "log10": "log10(100.0)  // 2.0",
        "pow": "pow(2, 10)  // 1024.0",
        "abs": "abs(-3)  // 3",
        "floor": "floor(2.7)  // 2.0",
        "ceil": "ceil(2.2)  // 3.0",
        "round": "round(2.6)  // 3.0",
        "atan2": "atan2(0.0, 1.0)  // 0.0",
        "Int.init": #"Int("42") ?? 0  // 42"#,
        "Double.init": #"Double("1.5") ?? 0  // 1.5"#,
        "Array.init": "Array(repeating: 0, count: 3)  // [0, 0, 0]",
        "Set.init": "Set([1, 1, 2]).count  // 2",
        "squareRoot": "2.25.squareRoot()  // 1.5",
        "rounded": "2.6.rounded()  // 3.0",
        "isMultiple": "6.isMultiple(of: 3)  // true",
        "random": "Int.random(in: 0..<10) < 10  // true",
        "seed": "seed(1)",
    ]
}
