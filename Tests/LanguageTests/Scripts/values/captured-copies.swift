// A closure that captures a variable sees its changes; one with its own copy does not.
struct Box { var n = 0 }
var box = Box()
let look = { box.n }
let copy = box
let old = { copy.n }
box.n = 5
print(look(), old())
func makeCounter() -> (() -> Int, () -> Box) {
    var inner = Box(n: 10)
    return ({ inner.n += 1; return inner.n }, { inner })
}
let (count, show) = makeCounter()
_ = count()
var shown = show()
shown.n = 0
print(count(), show().n, shown.n)
// expect: 5 0
// expect: 12 12 0
