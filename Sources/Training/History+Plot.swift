import Plots

extension History {
    /// The loss over the epochs: of every step (smoothed where there are many), and of the
    /// validation data after each epoch.
    ///
    ///     history.plot()
    public func plot() -> Chart {
        let (positions, losses) = smoothedLosses(points: 200)
        var series = [Chart.Series.line("train", x: positions, losses)]
        let validated = epochs.filter { $0.validation.isPresent }
        if !validated.isEmpty {
            let x = validated.map { Double($0.number) }
            let y = validated.map(\.validation.loss)
            series.append(
                validated.count > 1
                    ? .line("validation", x: x, y) : .points("validation", x: x, y: y))
        }
        return Chart(title: "Loss", xLabel: "epoch", yLabel: "loss", series: series)
    }

    /// A metric over the epochs, on the training and the validation data.
    ///
    ///     history.plot("accuracy")
    public func plot(_ metric: String) throws -> Chart {
        guard last.train.metrics.contains(where: { $0.name == metric }) else {
            let names = last.train.metrics.map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw TrainingError(
                "plot: the history has no metric of that name, expected "
                    + "\(names.isEmpty ? "a run with metrics" : names), got \"\(metric)\"")
        }
        var series = [Chart.Series.line("train", epochs.map { $0.train[metric] })]
        if epochs.contains(where: { $0.validation.isPresent }) {
            series.append(.line("validation", epochs.map { $0.validation[metric] }))
        }
        return Chart(title: metric, xLabel: "epoch", yLabel: metric, series: series)
    }

    /// The step losses as at most `points` means over equal stretches, against epochs.
    func smoothedLosses(points: Int) -> (positions: [Double], losses: [Double]) {
        let stretch = max(1, (stepLosses.count + points - 1) / points)
        var positions: [Double] = []
        var losses: [Double] = []
        for start in stride(from: 0, to: stepLosses.count, by: stretch) {
            let part = stepLosses[start..<min(start + stretch, stepLosses.count)]
            losses.append(part.reduce(0, +) / Double(part.count))
            positions.append(
                (Double(start) + Double(part.count) / 2) / Double(max(1, stepsPerEpoch)))
        }
        return (positions, losses)
    }
}
