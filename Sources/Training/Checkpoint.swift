import Glibc

/// A file from which a run of `fit` goes on where it was stopped.
///
///     fit(model, train: data.train, epochs: 20, checkpoint: Checkpoint("lenet.checkpoint"))
///
/// The file is written after every epoch, and with `everySteps` after so many steps too: whole or
/// not at all, so that a run that dies while writing leaves the one before. Where the file is
/// there, the same call goes on from it, with the weights, the optimizer's memory, the moment of
/// the schedule, the order of the pictures, the random numbers and the average of the weights as
/// they were: on one machine and with one number of threads it ends bit for bit as the run that was
/// never stopped. A run that has ended is not trained again. `fit` throws where the file is
/// damaged, or of a run with other settings, naming the setting; delete it to begin anew.
public struct Checkpoint: Sendable, Hashable, CustomStringConvertible {
    /// Where the file lies.
    public let path: String
    /// After how many steps it is written, beside the end of every epoch.
    public let everySteps: Int?

    /// A checkpoint in a file; `fit` throws where `everySteps` is not positive.
    public init(_ path: String, everySteps: Int? = nil) {
        self.path = path
        self.everySteps = everySteps
    }

    /// The checkpoint as one writes it.
    public var description: String {
        "Checkpoint(\"\(path)\"\(everySteps.map { ", everySteps: \($0)" } ?? ""))"
    }

    /// Whether there is a run to go on from.
    var isThere: Bool { access(path, F_OK) == 0 }

    func validate() throws {
        if let everySteps, everySteps < 1 {
            throw TrainingError(
                "Checkpoint: 'everySteps' is too small, expected at least 1, got \(everySteps)")
        }
    }
}
