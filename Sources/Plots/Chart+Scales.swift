extension Chart {
    /// The ranges of the two axes.
    func scales() -> (x: AxisScale, y: AxisScale) {
        let standsOnZero = series.contains {
            switch $0.mark {
            case .bars, .bins, .area: true
            default: false
            }
        }
        let x = series.lazy.flatMap { series -> [Double] in
            if case .bins(let width) = series.mark, let last = series.x.last {
                return series.x + [last + width]
            }
            return series.x
        }
        let y = series.lazy.flatMap { series -> [Double] in
            if case .boxes(let boxes) = series.mark {
                return boxes.flatMap { [$0.low, $0.high] + $0.outliers }
            }
            return series.y + series.intervals.flatMap { [$0.lowerBound, $0.upperBound] }
        }
        // A grid fills its frame.
        let isGrid = series.contains {
            switch $0.mark {
            case .cells, .contours: true
            default: false
            }
        }
        let isScattered = !isGrid && series.contains { $0.mark == .points }
        return (
            isXLogarithmic
                ? AxisScale(logarithmicOver: x)
                : AxisScale(over: x, isRounded: isScattered, target: 8),
            isYLogarithmic
                ? AxisScale(logarithmicOver: y)
                : AxisScale(over: y, includesZero: standsOnZero, isRounded: !isGrid)
        )
    }
}

extension Chart {
    /// A series as it is drawn: not more points than can be told apart, and on an axis of ratios a
    /// gap in place of what is not positive.
    func shown(_ index: Int) -> Series {
        var shown = series[index].thinned()
        if isXLogarithmic { shown.x = shown.x.map { $0 > 0 ? $0 : .nan } }
        if isYLogarithmic { shown.y = shown.y.map { $0 > 0 ? $0 : .nan } }
        return shown
    }
}

extension Chart.Series {
    /// The points in pieces, broken where a number is not finite.
    var runs: [[(x: Double, y: Double)]] {
        var runs: [[(x: Double, y: Double)]] = []
        var run: [(x: Double, y: Double)] = []
        for (x, y) in zip(x, y) {
            if x.isFinite && y.isFinite {
                run.append((x, y))
            } else if !run.isEmpty {
                runs.append(run)
                run = []
            }
        }
        return run.isEmpty ? runs : runs + [run]
    }

    /// A joined series of more points than can be told apart, as the least and the greatest value
    /// of each of `limit / 2` stretches; every other series as it is.
    func thinned(to limit: Int = 4000) -> Chart.Series {
        guard mark == .line || mark == .area, y.count > limit else { return self }
        var kept: [Int] = []
        let stretches = limit / 2
        for stretch in 0..<stretches {
            let range = stretch * y.count / stretches..<(stretch + 1) * y.count / stretches
            let finite = range.filter { y[$0].isFinite }
            // A stretch without numbers stays a gap.
            let least = finite.min { y[$0] < y[$1] } ?? range.lowerBound
            let greatest = finite.max { y[$0] < y[$1] } ?? range.lowerBound
            kept += least == greatest ? [least] : [min(least, greatest), max(least, greatest)]
        }
        return Chart.Series(
            name, mark: mark, x: kept.map { x[$0] }, y: kept.map { y[$0] }, color: color)
    }
}
