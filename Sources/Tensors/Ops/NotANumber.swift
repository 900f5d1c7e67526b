import OneDNN
import Synchronization

extension Tensor {
    /// Whether a real tensor has an element that is not a number, found in one pass over memory.
    ///
    /// Kernels that compare pass such elements over; whoever must not asks first.
    func hasNotANumber() throws -> Bool {
        let flat = try FlatElements(self, keepsZero: true)
        defer { withExtendedLifetime(flat.elements.storage) {} }
        return dtype == .bfloat16
            ? hasNaN(flat.elements.pointer(BFloat16.self), flat.count)
            : hasNaN(flat.elements.pointer(Float.self), flat.count)
    }
}

private func hasNaN<Element: LaneElement>(
    _ x: UnsafePointer<Element>, _ count: Int
) -> Bool {
    let found = Atomic<Bool>(false)
    Parallel.forEach(count: count, grain: 65_536) { range in
        var index = range.lowerBound
        // A piece at a time, so that one that is found ends the search.
        while index < range.upperBound, !found.load(ordering: .relaxed) {
            let end = min(index + 8192, range.upperBound)
            // A number minus itself is 0; infinity is not, and is then looked at again.
            var total = FloatLanes.zero
            let first = index
            while index + FloatLanes.width <= end {
                let lanes = Element.lanes(at: x + index)
                total += lanes - lanes
                index += FloatLanes.width
            }
            let suspicious = total.sum().isNaN || index < end
            if suspicious, (first..<end).contains(where: { x[$0].float.isNaN }) {
                found.store(true, ordering: .relaxed)
            }
            index = end
        }
    }
    return found.load(ordering: .relaxed)
}

/// Whether there is neither infinity nor NaN among floats, found in one pass over memory.
package func areFinite(_ x: UnsafePointer<Float>, _ count: Int) -> Bool {
    areAllFinite(x, count)
}

/// The same for any elements that kernels load by lanes.
func areAllFinite<Element: LaneElement>(_ x: UnsafePointer<Element>, _ count: Int) -> Bool {
    let found = Atomic<Bool>(false)
    Parallel.forEach(count: count, grain: 65_536) { range in
        let width = FloatLanes.width
        // A finite number times 0 is 0, anything else NaN.
        var first = FloatLanes.zero
        var second = FloatLanes.zero
        var index = range.lowerBound
        while index &+ 2 &* width <= range.upperBound {
            first += Element.lanes(at: x + index) * 0
            second += Element.lanes(at: x + index + width) * 0
            index &+= 2 &* width
        }
        var total = (first + second).laneTotal
        while index < range.upperBound {
            total += x[index].float * 0
            index &+= 1
        }
        if total != 0 { found.store(true, ordering: .relaxed) }
    }
    return !found.load(ordering: .relaxed)
}
