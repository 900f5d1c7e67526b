import VisionEngine

#if canImport(Glibc)
import Glibc
#endif

/// Times the engine and prints one JSON line a measurement:
///
///     visionbench step resnet18 --seconds 5
///
/// The networks, operations and options are those of Benchmarks/pytorch_peer.py, the networks of
/// `forward` those of Benchmarks/forward_peers.py. The group `fit` has no peer: a training step
/// inside `fit`; nor has `interpreter`, which Benchmarks/language/compare.py reads. The names of
/// `files` are picture files; Benchmarks/images/compare.py gives them, those of `load` files of
/// weights, which Benchmarks/loading/compare.py makes.
struct Arguments {
    var group = ""
    var names: [String] = []
    var seconds = 3.0

    static let groups = [
        "step", "mixed", "operations", "dispatch", "memory", "fit", "interpreter", "files",
        "load", "forward",
    ]

    init(_ words: [String]) {
        var words = words[...]
        while let word = words.popFirst() {
            if word == "--seconds", let value = words.popFirst().flatMap({ Double($0) }) {
                seconds = value
            } else if group.isEmpty, Self.groups.contains(word) {
                group = word
            } else if !group.isEmpty, !word.hasPrefix("-") {
                names.append(word)
            } else {
                Self.usage()
            }
        }
        if group.isEmpty { Self.usage() }
    }

    func wants(_ name: String) -> Bool { names.isEmpty || names.contains(name) }

    private static func usage() -> Never {
        print("usage: visionbench \(groups.joined(separator: "|")) [NAME ...] [--seconds N]")
        exit(2)
    }
}

let arguments = Arguments(Array(CommandLine.arguments.dropFirst()))
do {
    let models = BenchmarkModel.all.filter { arguments.wants($0.name) }
    switch arguments.group {
    case "step", "mixed":
        for model in models {
            let step = try trainingStep(model, mixed: arguments.group == "mixed")
            report(model.name, try timed(seconds: arguments.seconds, step))
        }
    case "memory":
        for model in models { try measureMemory(model) }
    case "operations":
        for operation in BenchmarkOperation.all where arguments.wants(operation.name) {
            seed(0)
            let run = try operation.make()
            report(operation.name, try timed(seconds: arguments.seconds, least: 9, run))
        }
    case "interpreter": try measureInterpreter(seconds: arguments.seconds)
    case "files": try measureFiles(arguments.names, seconds: arguments.seconds)
    case "forward":
        for item in ForwardCase.all where arguments.wants(item.name) {
            try item.measure(seconds: arguments.seconds)
        }
    case "load": try measureLoading(arguments.names, seconds: arguments.seconds)
    case "dispatch": try measureDispatch(seconds: arguments.seconds)
    default: try measureFit(seconds: arguments.seconds)
    }
} catch {
    print("visionbench: \(error)")
    exit(1)
}
