/// Above multiplication, to the right: `-2 ** 3 ** 2` has `2 ** (3 ** 2)` in it.
precedencegroup PowerPrecedence {
    higherThan: MultiplicationPrecedence
    associativity: right
}

infix operator ** : PowerPrecedence
infix operator **= : AssignmentPrecedence
infix operator • : MultiplicationPrecedence
