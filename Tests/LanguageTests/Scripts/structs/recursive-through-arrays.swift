struct Node {
    var value: Int
    var children: [Node] = []
    var sum: Int { value + children.reduce(0) { $0 + $1.sum } }
    func depth() -> Int { 1 + (children.map { $0.depth() }.max() ?? 0) }
    mutating func double() {
        value *= 2
        for i in children.indices { children[i].double() }
    }
}
var tree = Node(value: 1, children: [Node(value: 2), Node(value: 3, children: [Node(value: 4)])])
let before = tree
tree.double()
print(tree.sum, before.sum, tree.depth())
tree.children[1].children[0].value = 100
print(tree.children[1].children[0].value, before.children[1].children[0].value)
// expect: 20 10 3
// expect: 100 4
