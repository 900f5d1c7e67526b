import NeuralNetworks
import Tensors

/// Makes boxes of a trace's layers and finds what flows between them.
struct GraphBuilder {
    private let trace: ModelTrace
    /// The visits that are a box each.
    private let boxes: [Int]
    /// For each operation, the box that it is in.
    private var boxOf: [Int: Int] = [:]
    /// Operations that join what several boxes give, and are a box themselves.
    private var joins: [Int] = []
    /// Operations in no box on parameters alone.
    private var constant: Set<Int> = []
    /// For operations in no box, what gives them their input.
    private var passed: [Int: Int] = [:]

    /// How many boxes there are.
    var count: Int { boxes.count + joins.count }

    init(_ trace: ModelTrace, depth: Int) {
        self.trace = trace
        let visits = trace.visits
        var covered: [String]?
        // The model itself is a box only where it has no layers.
        boxes = visits.indices.filter { index in
            let visit = visits[index]
            if let covered, visit.path.starts(with: covered), visit.path.count > covered.count {
                return false
            }
            let isBox =
                index > 0
                && (visit.path.count >= depth || !visit.hasInnerVisits || visit.layer.isClosed)
                || visits.count == 1
            if isBox { covered = visit.path }
            return isBox && !visit.operations.isEmpty
        }
        for (box, index) in boxes.enumerated() {
            for operation in visits[index].operations where boxOf[operation] == nil {
                boxOf[operation] = box
            }
        }
        for (index, entry) in trace.operations.enumerated() where boxOf[index] == nil {
            let sources = Set(entry.sources.compactMap(\.self).map(origin)).subtracting(constant)
            if sources.count > 1 {
                joins.append(index)
            } else if let source = sources.first {
                passed[index] = source
            } else {
                constant.insert(index)
            }
        }
    }

    /// The operation in a box, or the join, or the input that a value really comes from.
    private func origin(_ operation: Int) -> Int {
        var operation = operation
        while let before = passed[operation] { operation = before }
        return operation
    }

    func graph(of model: any Layer, input: [Int]) -> ModelGraph {
        let drop = input.count == 3 ? 1 : 0
        // Boxes and joins in the order of their operations, behind the input.
        var order: [(position: Int, box: Int?, join: Int?)] = boxes.enumerated().map {
            (trace.visits[$1].operations.lowerBound, $0, nil)
        }
        order += joins.map { ($0, nil, $0) }
        order.sort { $0.position < $1.position }
        var nodeOfBox: [Int: Int] = [:]
        var nodeOfJoin: [Int: Int] = [:]
        var nodes = [
            ModelGraph.Node(
                name: "", kind: "input", details: "", isBlock: false, parameters: 0,
                multiplyAccumulates: 0)
        ]
        for item in order {
            if let box = item.box {
                nodeOfBox[box] = nodes.count
                nodes.append(self.node(trace.visits[boxes[box]]))
            } else if let join = item.join {
                nodeOfJoin[join] = nodes.count
                nodes.append(
                    ModelGraph.Node(
                        name: "", kind: trace.operations[join].operation, details: "",
                        isBlock: false,
                        parameters: 0,
                        multiplyAccumulates: trace.operations[join].cost.multiplyAccumulates))
            }
        }
        func node(ofOperation operation: Int) -> Int? {
            if operation == Trace.input { return 0 }
            return boxOf[operation].flatMap { nodeOfBox[$0] } ?? nodeOfJoin[operation]
        }
        var edges: [ModelGraph.Edge] = []
        var seen: Set<[Int]> = []
        for (index, entry) in trace.operations.enumerated() {
            guard let target = node(ofOperation: index) else { continue }
            for (source, spec) in zip(entry.sources, entry.inputs) {
                guard let source, let from = node(ofOperation: origin(source)), from != target,
                    seen.insert([from, target]).inserted
                else { continue }
                edges.append(
                    ModelGraph.Edge(
                        from: from, to: target, shape: Array(spec.shape.dropFirst(drop))))
            }
        }
        return ModelGraph(
            kind: model.kind, input: input,
            output: Array((trace.output?.shape ?? []).dropFirst(drop)), nodes: nodes, edges: edges)
    }

    private func node(_ visit: ModelTrace.Visit) -> ModelGraph.Node {
        let cost = visit.operations.reduce(0) {
            $0 &+ trace.operations[$1].cost.multiplyAccumulates
        }
        return ModelGraph.Node(
            name: visit.path.joined(separator: "."), kind: visit.layer.kind,
            details: contents(of: visit),
            isBlock: visit.hasInnerVisits && !visit.layer.isClosed,
            parameters: visit.layer.parameterCount,
            multiplyAccumulates: cost)
    }

    /// The layer's arguments, or the kinds of the layers inside it: `2 Bottleneck`.
    private func contents(of visit: ModelTrace.Visit) -> String {
        guard visit.hasInnerVisits, !visit.layer.isClosed else { return visit.layer.details }
        var kinds: [(kind: String, count: Int)] = []
        for child in visit.layer.children {
            if let last = kinds.last, last.kind == child.layer.kind {
                kinds[kinds.count - 1].count += 1
            } else {
                kinds.append((child.layer.kind, 1))
            }
        }
        return kinds.map { $0.count == 1 ? $0.kind : "\($0.count) \($0.kind)" }
            .joined(separator: ", ")
    }
}
