extension ImageDataset {
    /// Two parts drawn at random: `fraction` of the pictures for validation, the others for training.
    ///
    /// With `stratified` each class gives its own share, so that the parts have the classes in the
    /// same proportions. One `seed` gives one split. Throws when `fraction` is not within 0...1.
    public func split(
        validation fraction: Double, stratified: Bool = false, seed: UInt64 = 0
    ) throws -> (train: ImageDataset, validation: ImageDataset) {
        let parts = try parts([("validation", fraction)], stratified: stratified, seed: seed)
        return (parts[1], parts[0])
    }

    /// Three parts drawn at random: `validation` and `test` of the pictures, the others for training.
    ///
    ///     let parts = try data.split(validation: 0.1, test: 0.2, stratified: true)
    ///     parts.test.count
    ///
    /// With `stratified` each class gives its own share. One `seed` gives one split. Throws when a
    /// fraction or their sum is not within 0...1.
    public func split(
        validation: Double, test: Double, stratified: Bool = false, seed: UInt64 = 0
    ) throws -> (train: ImageDataset, validation: ImageDataset, test: ImageDataset) {
        let parts = try parts(
            [("validation", validation), ("test", test)], stratified: stratified, seed: seed)
        return (parts[2], parts[0], parts[1])
    }

    /// Training and test part, each with its share of every class and with the statistics of the
    /// training part.
    func divided(
        test: Double, seed: UInt64
    ) throws -> (train: ImageDataset, test: ImageDataset) {
        let (train, test) = try split(validation: test, stratified: true, seed: seed)
        let statistics = train.ownStatistics
        return (
            ImageDataset(train, positions: train.indices, statistics: statistics),
            ImageDataset(test, positions: test.indices, statistics: statistics)
        )
    }

    /// The statistics of the unchanged pictures of this part alone.
    private var ownStatistics: ChannelStatistics {
        switch source {
        case .stored(let stored):
            let size = stored.width * stored.height * stored.channels
            let pixels = order.flatMap { stored.pixels[$0 * size..<($0 + 1) * size] }
            return ChannelStatistics(pixels: pixels, channels: stored.channels)
        case .files(let files):
            let order = order
            return ChannelStatistics(count: order.count, channels: files.channels) {
                try files.unread(order[$0]).whole()
            }
        }
    }

    /// A part for each fraction, and last what is left of all of them.
    private func parts(
        _ fractions: [(name: String, value: Double)], stratified: Bool, seed: UInt64
    ) throws -> [ImageDataset] {
        for (name, value) in fractions where !(0...1).contains(value) {
            throw DatasetError(
                .argument,
                "split: '\(name)' is out of range, expected a fraction within 0...1, got \(value)")
        }
        let sum = fractions.reduce(0) { $0 + $1.value }
        guard sum <= 1 + 1e-9 else {
            throw DatasetError(
                .argument, "split: the fractions exceed 1 together, expected at most 1, got \(sum)")
        }
        var generator = ShuffleGenerator(seed: seed)
        var rest = indices.shuffled(using: &generator)
        var parts: [ImageDataset] = []
        for (_, value) in fractions {
            let size = Swift.min(rest.count, Int((Double(count) * value).rounded()))
            let chosen =
                stratified ? balanced(rest, size: size) : Set(rest.prefix(size))
            parts.append(ImageDataset(self, positions: chosen.sorted()))
            rest.removeAll(where: chosen.contains)
        }
        return parts + [ImageDataset(self, positions: rest.sorted())]
    }

    /// `size` of some positions, of each class in proportion: whole shares first, then one more for
    /// the classes whose shares were cut most.
    private func balanced(_ positions: [Int], size: Int) -> Set<Int> {
        let groups = Dictionary(grouping: positions) { labels[$0] }.sorted { $0.key < $1.key }
        let shares = groups.map { Double($0.value.count * size) / Double(positions.count) }
        var sizes = shares.map { Int($0) }
        let missing = size - sizes.reduce(0, +)
        let order = shares.indices.sorted {
            let (left, right) = (
                shares[$0].truncatingRemainder(dividingBy: 1),
                shares[$1].truncatingRemainder(dividingBy: 1)
            )
            return left == right ? $0 < $1 : left > right
        }
        for group in order.prefix(missing) { sizes[group] += 1 }
        return Set(zip(groups, sizes).flatMap { $0.value.prefix($1) })
    }
}
