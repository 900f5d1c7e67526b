enum Tree {
    case leaf
    indirect case node(Tree, Int, Tree)
    func inserting(_ x: Int) -> Tree {
        guard case .node(let left, let value, let right) = self else { return .node(.leaf, x, .leaf) }
        if x < value { return .node(left.inserting(x), value, right) }
        return .node(left, value, right.inserting(x))
    }
    var sorted: [Int] {
        guard case let .node(left, value, right) = self else { return [] }
        return left.sorted + [value] + right.sorted
    }
    var depth: Int {
        if case .node(let l, _, let r) = self { 1 + max(l.depth, r.depth) } else { 0 }
    }
}
var tree = Tree.leaf
for x in [5, 2, 8, 1, 9, 3] { tree = tree.inserting(x) }
print(tree.sorted, tree.depth)
// expect: [1, 2, 3, 5, 8, 9] 3
