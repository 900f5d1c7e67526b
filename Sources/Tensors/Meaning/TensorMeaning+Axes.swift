// How operations that move elements change what a tensor's axes and channels are. Each gives `nil`
// where the result is no longer a tensor of pictures for sure.

extension TensorMeaning {
    /// The axes in another order; `order` has each result axis's former place.
    func transposed(_ order: [Int]) -> TensorMeaning? {
        var result = self
        result.axes = order.map { axes[$0] }
        // A picture whose rows and columns are exchanged is a picture too: a mirrored one.
        let spatial = result.axes.joined().filter { $0.role == .height || $0.role == .width }
        if let first = spatial.first, first.role == .width {
            for axis in result.axes.indices {
                for place in result.axes[axis].indices {
                    switch result.axes[axis][place].role {
                    case .height: result.axes[axis][place].role = .width
                    case .width: result.axes[axis][place].role = .height
                    case .batch, .channel: break
                    }
                }
            }
        }
        return result
    }

    /// The parts of all axes, without those of length 1, that make axes of the given lengths one
    /// after the other; `nil` where a part would have to be cut.
    static func grouped(_ parts: [Part], into shape: [Int]) -> [[Part]]? {
        var rest = parts[...]
        let groups = shape.map { size -> [Part]? in
            var group: [Part] = []
            var product = 1
            while product < size, let next = rest.popFirst() {
                group.append(next)
                product &*= next.size
            }
            return product == size ? group : nil
        }
        guard rest.isEmpty, !groups.contains(nil) else { return nil }
        return groups.compactMap { $0 }
    }

    /// Another shape for the same elements in the same order.
    func reshaped(to shape: [Int]) -> TensorMeaning? {
        let parts = axes.joined().filter { $0.size > 1 }
        guard let groups = Self.grouped(parts, into: shape) else { return nil }
        var result = self
        result.axes = groups
        return result
    }

    /// What would give the same pictures in `shape`, where that is their shape with the axes in
    /// another order, and not that of the elements as they lie: somebody meant to move axes and only
    /// cut the row of elements anew.
    ///
    /// Of several orders it is the one closest to the present.
    func intendedMove(to shape: [Int]) -> String? {
        let parts = axes.joined().filter { $0.size > 1 }
        guard parts.count < 6 else { return nil }
        let fitting = Self.orders(of: Array(parts.indices)).filter { order in
            Self.grouped(order.map { parts[$0] }, into: shape) != nil
        }
        func inversions(_ order: [Int]) -> Int {
            order.indices.reduce(0) { count, first in
                count + order[first...].filter { $0 < order[first] }.count
            }
        }
        guard let order = fitting.min(by: { inversions($0) < inversions($1) }) else { return nil }
        func call(_ name: String, _ numbers: [Int]) -> String {
            "\(name)(\(numbers.map { "\($0)" }.joined(separator: ", ")))"
        }
        // Where each part has an axis of its own, axes of length 1 stay in front.
        let long = axes.indices.filter { axes[$0].contains { $0.size > 1 } }
        let ones = axes.indices.filter { !long.contains($0) }
        var moves: [String] = []
        var moved = order.map { parts[$0].size }
        if long.count == parts.count {
            moves.append(call("transposed", ones + order.map { long[$0] }))
            moved = ones.map { _ in 1 } + moved
        } else {
            moves.append(call("reshaped", parts.map(\.size)))
            moves.append(call("transposed", order))
        }
        if moved != shape { moves.append(call("reshaped", shape)) }
        return moves.joined(separator: ".")
    }

    private static func orders(of places: [Int]) -> [[Int]] {
        guard places.count > 1 else { return [places] }
        return places.indices.flatMap { index in
            var rest = places
            let first = rest.remove(at: index)
            return orders(of: rest).map { [first] + $0 }
        }
    }

    /// The elements at some positions of an axis, whatever their order.
    func selecting(_ positions: some Collection<Int>, axis: Int) -> TensorMeaning? {
        guard axes[axis].count < 2, !positions.isEmpty else { return nil }
        var result = self
        guard let part = axes[axis].first else {
            return positions.count == 1 ? self : nil
        }
        result.axes[axis][0].size = positions.count
        if part.role == .channel {
            result.channels = positions.map { channels[$0] }
            result.values = values?.selecting(Array(positions))
        }
        return result
    }

    /// The elements at one position of an axis, which is left out: one picture of several, or one
    /// channel.
    func selecting(_ position: Int, axis: Int) -> TensorMeaning? {
        if let role = axes[axis].first?.role, role == .height || role == .width { return nil }
        var result = selecting([position], axis: axis)
        result?.axes.remove(at: axis)
        return result
    }

    /// What a subscript selects.
    func selected(by plan: IndexPlan) -> TensorMeaning? {
        var result: TensorMeaning? = self
        let kept = plan.view.axes
        for axis in kept where axis.source != nil {
            let source = axis.source ?? 0
            guard axis.count != plan.whole[source] || axis.step != 1 else { continue }
            let first = plan.view.starts[source]
            result = result?.selecting(
                (0..<axis.count).lazy.map { first + $0 * axis.step }, axis: source)
        }
        for axis in plan.whole.indices.reversed() where !kept.contains(where: { $0.source == axis })
        {
            result = result?.selecting(plan.view.starts[axis], axis: axis)
        }
        for (place, axis) in kept.enumerated() where axis.source == nil {
            result?.axes.insert([], at: place)
        }
        guard let elements = plan.elements else { return result }
        guard elements.selected.count == 1, elements.shape.count == 1,
            let positions = elements.positions.first
        else { return nil }
        return result?.selecting(positions, axis: elements.selected[0])
    }

    /// Pictures with other numbers of rows and columns.
    func resized(to shape: [Int]) -> TensorMeaning? {
        var result = self
        for (axis, size) in shape.enumerated() {
            let parts = axes[axis]
            guard size != parts.reduce(1, { $0 * $1.size }) else { continue }
            guard parts.count == 1, parts[0].role != .channel else { return nil }
            result.axes[axis][0].size = size
        }
        return result
    }

    /// One picture or several, repeated along axes of length 1.
    func broadcast(to shape: [Int]) -> TensorMeaning? {
        guard shape.count >= axes.count else { return nil }
        var result = self
        result.axes = [[Part]](repeating: [], count: shape.count - axes.count) + axes
        for (axis, size) in shape.enumerated() where size > 1 {
            let parts = result.axes[axis]
            if parts.isEmpty {
                // In front of everything else it counts pictures.
                guard result.axes[..<axis].allSatisfy(\.isEmpty) else { return nil }
                result.axes[axis] = [Part(role: .batch, size: size)]
            } else if parts.count == 1, parts[0].size == 1 {
                guard parts[0].role == .channel || parts[0].role == .batch else { return nil }
                let all = repeatElement(0, count: size)
                guard let repeated = result.selecting(all, axis: axis) else { return nil }
                result = repeated
            }
        }
        return result
    }

    /// Tensors one after the other along an axis.
    static func joined(_ meanings: [TensorMeaning?], axis: Int) -> TensorMeaning? {
        let known = meanings.compactMap { $0 }
        guard let first = known.first, known.count == meanings.count else { return nil }
        var rest = known.map(\.axes)
        for index in rest.indices { rest[index].remove(at: axis) }
        let parts = known.map { $0.axes[axis] }
        guard rest.allSatisfy({ $0 == rest[0] }), parts.allSatisfy({ $0.count < 2 }) else {
            return nil
        }
        let size = parts.reduce(0) { $0 + ($1.first?.size ?? 1) }
        let roles = Set(parts.compactMap { $0.first?.role })
        guard roles.count < 2 else { return nil }
        let hasChannels = rest[0].joined().contains { $0.role == .channel }
        let sameChannels = known.allSatisfy { $0.channels == first.channels }
        let role = roles.first ?? (hasChannels || sameChannels ? .batch : .channel)
        var result = first
        if role == .channel {
            guard !hasChannels else { return nil }
            result.channels = known.flatMap(\.channels)
            let values = known.compactMap(\.values)
            result.values = values.count == known.count ? .joined(values) : nil
        } else {
            guard sameChannels else { return nil }
            if !known.allSatisfy({ $0.values == first.values }) { result.values = nil }
        }
        result.axes[axis] = [Part(role: role, size: size)]
        return result
    }
}
