extension Reshape {
    /// Elements keep their order, so axes fall into groups that hold the same elements before and
    /// after: the formulas of each group are multiplied, or taken apart into the factors they have.
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard let sizes = inputs[0].sizes else { return nil }
        let (old, new) = (inputs[0].spec.shape, outputs[0].shape)
        guard !old.contains(0) else { return nil }
        var result: [Size] = []
        var (start, end) = (0, 0)
        while start < old.count || end < new.count {
            var (from, to) = (start, end)
            var (oldCount, newCount) = (1, 1)
            repeat {
                if from < old.count, oldCount <= newCount || to == new.count {
                    oldCount &*= old[from]
                    from += 1
                } else if to < new.count {
                    newCount &*= new[to]
                    to += 1
                } else {
                    return nil
                }
            } while oldCount != newCount
            // Axes of size 1 belong to the group before them.
            while from < old.count, old[from] == 1, to == new.count || new[to] != 1 { from += 1 }
            while to < new.count, new[to] == 1, from == old.count || old[from] != 1 { to += 1 }
            let group = Array(sizes[start..<from])
            guard let part = Reshape.taken(group, apart: Array(new[end..<to])) else {
                return nil
            }
            result += part
            (start, end) = (from, to)
        }
        return [result]
    }

    /// The formulas of axes of the given sizes that hold together what a group of formulas does.
    private static func taken(
        _ group: [Size], apart new: [Int]
    ) -> [Size]? {
        if group.allSatisfy({ $0.known != nil }) { return new.map { Size($0) } }
        guard let product = group.reduce(Size(1) as Size?, { $0?.multiplied(by: $1) }) else {
            return nil
        }
        guard new.count > 1 else { return new.isEmpty ? nil : [product] }
        let trace = Context.current.trace
        let numbers = trace?.numbers ?? [:]
        // One axis holds all that varies: the others are numbers.
        for place in new.indices {
            let others = new.indices.reduce(1) { $1 == place ? $0 : $0 &* new[$1] }
            guard others > 0, let whole = product.exactlyDivided(by: others),
                whole.evaluated(numbers) == new[place]
            else { continue }
            return new.indices.map { $0 == place ? whole : Size(new[$0]) }
        }
        // Several do: sizes met before whose product it is.
        guard new.count <= 6, let trace else { return nil }
        let candidates = new.map { number in
            [Size(number)]
                + trace.formulas.filter { $0.evaluated(numbers) == number }
                .sorted { $0.description < $1.description }.prefix(4)
        }
        return factors(of: product, among: candidates[...], so: [], 1)
    }

    /// One candidate for each place, with the given product.
    private static func factors(
        of product: Size, among candidates: ArraySlice<[Size]>, so chosen: [Size],
        _ part: Size
    ) -> [Size]? {
        guard let first = candidates.first else { return part == product ? chosen : nil }
        for candidate in first {
            guard let next = part.multiplied(by: candidate) else { continue }
            if let found = factors(
                of: product, among: candidates.dropFirst(), so: chosen + [candidate], next)
            {
                return found
            }
        }
        return nil
    }
}
