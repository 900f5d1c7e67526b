import Foundation
import Language
import Testing
import VisionBindings

/// What is suggested for a broken network mends it: the first suggestion is put into the script as
/// a person would, and the script runs.
@Suite struct BrokenNetworkTests {
    @Test func theFirstSuggestionRunsInAtLeast18Of20() throws {
        #expect(BrokenNetwork.all.count == 20)
        var unmended: [String] = []
        for network in BrokenNetwork.all {
            let error = try #require(Session().failure(network.script), "\(network.mistake) runs")
            let advice = explanation(of: error) ?? "nothing"
            let mended = Suggestion.applied(advice, to: network.script)
            guard let mended, mended != network.script, Session().failure(mended) == nil else {
                unmended.append("\(network.mistake): \(advice) gives \(mended ?? "nothing")")
                continue
            }
        }
        #expect(unmended.count <= 2, "\(unmended.joined(separator: "\n\n"))")
    }

    @Test func aSuggestionThatDoesNotFitIsNotMadeUp() {
        let script = "let net = Sequential { Linear(3, 4) }"
        #expect(Suggestion.applied("nothing", to: script) == nil)
        #expect(
            Suggestion.applied("Conv2d(1, 2) receives 3 channels: x; use Conv2d(3, 2)", to: script)
                == nil)
        #expect(
            Suggestion.applied("Linear(3, 4) receives 5 features: x; use Linear(5, 4)", to: script)
                == "let net = Sequential { Linear(5, 4) }")
    }
}

/// A suggestion in words, put into a script.
private enum Suggestion {
    /// The script with what the first suggestion of each line says; `nil` where that cannot be put
    /// in by what the words say alone.
    static func applied(_ advice: String, to script: String) -> String? {
        advice.split(separator: "\n").reduce(script as String?) { script, line in
            script.flatMap { applied(line: String(line), to: $0) }
        }
    }

    private static func applied(line: String, to script: String) -> String? {
        // "Linear(400, 120) receives 256 features: ...; use Linear(256, 120), or images of 32x32"
        if let match = line.wholeMatch(of: /(?:[\w.]+: )?(.+?\)) receives .*; use (.+)/) {
            let text = first(of: String(match.2))
            if let size = text.firstMatch(of: /^images of (\d+)x(\d+)/) {
                return script.replacing(/(, )\d+, \d+(\]\))/) {
                    "\($0.1)\(size.1), \(size.2)\($0.2)"
                }
            }
            return replaced(String(match.1), by: text, in: script)
        }
        if let match = line.wholeMatch(of: /(?:[\w.]+: )?(.+?\)) receives .*; put (.+)/) {
            let parts = first(of: String(match.2)).components(separatedBy: " before it")
            let layer = parts.last?.firstMatch(of: /and use (.+)/).map { String($0.1) }
            return replaced(
                String(match.1), by: "\(parts[0]); \(layer ?? String(match.1))", in: script)
        }
        if let match = line.wholeMatch(of: /.*; use shortcut: (.+)/) {
            return replaced(
                "Residual {", by: "Residual(shortcut: \(first(of: String(match.1)))) {", in: script)
        }
        if let match = line.wholeMatch(of: /.*: use x(\..+)/) {
            return replaced("net(x)", by: "net(x\(match.1))", in: script)
        }
        if let match = line.wholeMatch(of: /use (\w+) (\d+), or .*/) {
            let name = String(match.1)
            guard let argument = try? Regex("\(name): \\d+"), script.contains(argument) else {
                return nil
            }
            return script.replacing(argument, with: "\(name): \(match.2)")
        }
        if let match = line.wholeMatch(of: /.*; give [\w.]+ padding: (\d+)/) {
            // The one convolution of the script.
            let layers = script.matches(of: /Conv2d\(([^()]*)\)/)
            guard layers.count == 1 else { return nil }
            return replaced(
                String(layers[0].0), by: "Conv2d(\(layers[0].1), padding: \(match.1))", in: script)
        }
        return nil
    }

    /// What stands before the next suggestion.
    private static func first(of text: String) -> String {
        text.components(separatedBy: ", or ")[0]
    }

    private static func replaced(_ old: String, by new: String, in script: String) -> String? {
        script.contains(old) ? script.replacingOccurrences(of: old, with: new) : nil
    }
}
