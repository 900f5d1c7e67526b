import Hosting
import Plots
import Tensors

/// Several ways of doing a thing, each tried on the same random splits of the same data.
///
/// The differences are looked at split by split, which is sharper than comparing means: a split that
/// is hard for one is hard for all. It shows itself as a table and a chart with 95% intervals.
///
///     let comparison = try SplitComparison(
///         ["head", "from scratch"], [[0.90, 0.86, 0.88], [0.42, 0.36, 0.40]], testShare: 0.4)
///     comparison.difference("head", "from scratch").lower  // 0.4370
public struct SplitComparison: Sendable, CustomStringConvertible {
    /// What the ways are called.
    public let names: [String]
    /// The accuracy of each way on each split.
    public let accuracies: [[Double]]
    /// The share of the data that each split tests on.
    public let testShare: Double

    /// Keeps what was found; `testShare` is the share of the data that each split tested on.
    ///
    /// Throws unless there is a row of accuracies for each name, all of them of one length from 2, all
    /// names differ, and the share is above 0 and below 1.
    public init(_ names: [String], _ accuracies: [[Double]], testShare: Double) throws {
        func refuse(_ problem: String, _ expected: String, _ got: String) -> TensorError {
            TensorError(.value, "SplitComparison", problem, expected: expected, got: got)
        }
        guard !names.isEmpty, names.count == accuracies.count, Set(names).count == names.count
        else {
            throw refuse(
                "names and rows of accuracies do not fit", "different names and a row for each",
                "\(names) and \(accuracies.count) rows")
        }
        let counts = Set(accuracies.map(\.count))
        guard counts.count == 1, let count = counts.first, count >= 2 else {
            throw refuse(
                "each way needs an accuracy for each split", "rows of one length from 2",
                "\(accuracies.map(\.count))")
        }
        guard testShare > 0, testShare < 1 else {
            throw refuse("testShare is out of range", "0 < testShare < 1", "\(testShare)")
        }
        (self.names, self.accuracies, self.testShare) = (names, accuracies, testShare)
    }

    /// The mean accuracy of each way and where it lies with 95% confidence.
    public var estimates: [AccuracyEstimate] { accuracies.map(estimate) }

    /// By how much one way is better than another, and where that lies with 95% confidence: above 0
    /// it is better on splits like these, and an interval that holds 0 tells nothing.
    ///
    /// Throws where there is no way of that name.
    public func difference(_ first: String, _ second: String) throws -> AccuracyEstimate {
        let (a, b) = (try accuracies(of: first), try accuracies(of: second))
        return estimate(zip(a, b).map { $0 - $1 })
    }

    private func accuracies(of name: String) throws -> [Double] {
        guard let index = names.firstIndex(of: name) else {
            throw TensorError(
                .value, "difference", "there is no way of that name",
                expected: "one of \(names.joined(separator: ", "))", got: name)
        }
        return accuracies[index]
    }

    private func estimate(_ values: [Double]) -> AccuracyEstimate {
        AccuracyEstimate(splits: values, testShare: testShare)
    }

    /// The mean accuracies as bars, with whiskers for the 95% intervals.
    public func plot() -> Chart {
        let estimates = estimates
        return Chart(
            title: "Accuracy on \(accuracies[0].count) splits", yLabel: "accuracy",
            series: [.bars("", estimates.map(\.mean), intervals: estimates.map(\.interval))],
            categories: names)
    }

    private var table: TextTable {
        var table = TextTable(
            columns: ["", "accuracy"] + names.dropLast().map { "better than \($0) by" },
            wordColumns: [0])
        for (index, name) in names.enumerated() {
            let differences = names.indices.dropLast().map { other -> String in
                guard other < index else { return "" }
                let difference = estimate(
                    zip(accuracies[index], accuracies[other]).map { $0 - $1 })
                let isOpen = difference.lower <= 0 && difference.upper >= 0
                return "\(difference)" + (isOpen ? " (open)" : "")
            }
            table.rows.append([name, "\(estimates[index])"] + differences)
        }
        table.footer = [
            "95% intervals of the mean over \(accuracies[0].count) splits, differences split by "
                + "split; open: may be nothing"
        ]
        return table
    }

    /// A line for each way: its accuracy, and by how much it is better than those above.
    public var description: String { table.text }
}

extension SplitComparison: Displayable {
    /// The table as text; for a notebook the table and the chart below it.
    public func mimeBundle() throws -> MIMEBundle {
        table.mimeBundle(below: try plot().inlineHTML(height: 320, alternative: "accuracies"))
    }
}
