import OneDNN

/// The gradient before the exact GELU, given the one after it on the left of `pair` and the input
/// on the right, both walked as flat memory.
///
/// The slope is `Phi(x) + x phi(x)`: they share an exponential, so that this takes a third of the
/// time of oneDNN's kernel.
func geluGradient<E: LaneElement>(_: E.Type, _ pair: ElementPair, _ storage: Storage) {
    let given = pair.left.pointer(E.self)
    let input = pair.right.pointer(E.self)
    let output = storage.pointer.assumingMemoryBound(to: E.self)
    let width = FloatLanes.width
    Parallel.forEach(count: pair.count, grain: 8192) { range in
        var index = range.lowerBound
        while index &+ width <= range.upperBound {
            let slope = geluSlope(E.lanes(at: input + index))
            E.store(E.lanes(at: given + index) * slope, at: output + index)
            index &+= width
        }
        guard index < range.upperBound else { return }
        var rest = FloatLanes.zero
        for lane in 0..<range.upperBound - index { rest[lane] = input[index + lane].float }
        let slope = geluSlope(rest)
        for lane in 0..<range.upperBound - index {
            output[index + lane] = E(given[index + lane].float * slope[lane])
        }
    }
    withExtendedLifetime((pair.left.storage, pair.right.storage, storage)) {}
}

@inline(__always)
private func geluSlope(_ x: FloatLanes) -> FloatLanes {
    let (below, bell) = normal(x)
    return multiplyAdd(x * bell, FloatLanes(repeating: 0.398_942_28), below)
}

/// The exact GELU, `x Phi(x)`, a third of the time of oneDNN's kernel, which has the same formula.
enum GELULanes: LaneFunction {
    @inline(__always) static func apply(_ x: FloatLanes) -> FloatLanes { x * normal(x).below }
}

/// The normal distribution's `Phi` by formula 7.1.26 of Abramowitz and Stegun, within 1e-7, and the
/// exponential in it.
@inline(__always)
private func normal(_ x: FloatLanes) -> (below: FloatLanes, bell: FloatLanes) {
    let bell = exponential(x * x * -0.5)
    let size = x.replacing(with: 0 - x, where: x .< 0)
    let t = 1 / multiplyAdd(size, FloatLanes(repeating: 0.231_641_89), 1)
    var tail = multiplyAdd(t, FloatLanes(repeating: 0.530_702_71), -0.726_576_01)
    tail = multiplyAdd(tail, t, 0.710_706_87)
    tail = multiplyAdd(tail, t, -0.142_248_37)
    tail = multiplyAdd(tail, t, 0.127_414_8)
    // The probability beyond |x|.
    tail = tail * t * bell
    return ((1 - tail).replacing(with: tail, where: x .< 0), bell)
}
