import Language
import VisionEngine

private let run = """
    let data = try FashionMNIST()
    let model = Sequential { Flatten(); Linear(784, 10) }
    let history = fit(model, train: data.train.prefix(64))

    """

/// What fit gives back.
@RowBuilder func historyRows() -> [Binding] {
    Binding.property(
        "epochs", of: History.self, summary: "What happened in each epoch.",
        example: run + "history.epochs.count"
    ) { $0.epochs }
    Binding.property(
        "last", of: History.self, summary: "The last epoch.",
        example: run + "history.last.train.loss"
    ) { $0.last }
    Binding.property(
        "seconds", of: History.self, summary: "How long training took.",
        example: run + "history.seconds"
    ) { $0.seconds }
    Binding.property(
        "stepLosses", of: History.self, summary: "The loss of every batch.",
        example: run + "history.stepLosses"
    ) { $0.stepLosses }
    Binding.method(
        "plot", of: History.self, summary: "The loss over the run, as a chart.",
        example: run + "history.plot()"
    ) { history in history.plot() }
    Binding.method(
        "plot", of: History.self, arg("metric", String.self, label: nil),
        summary: "A metric over the epochs, as a chart.",
        example: run + "history.plot(\"accuracy\")"
    ) { history, metric in try history.plot(metric) }
    Binding.property(
        "number", of: History.Epoch.self, summary: "The number of the epoch, from 1.",
        example: run + "history.last.number"
    ) { $0.number }
    Binding.property(
        "train", of: History.Epoch.self, summary: "Loss and metrics while the weights changed.",
        example: run + "history.last.train.accuracy"
    ) { $0.train }
    Binding.property(
        "validation", of: History.Epoch.self,
        summary: "Loss and metrics on the validation data afterwards.",
        example: run + "history.last.validation.accuracy"
    ) { $0.validation }
    Binding.property(
        "learningRate", of: History.Epoch.self, summary: "The rate at the end of the epoch.",
        example: run + "history.last.learningRate"
    ) { $0.learningRate }
    Binding.property(
        "seconds", of: History.Epoch.self, summary: "How long the epoch took.",
        example: run + "history.last.seconds"
    ) { $0.seconds }
    Binding.property(
        "secondsWaiting", of: History.Epoch.self,
        summary: "How long training waited for images to be read and changed.",
        example: run + "history.last.secondsWaiting"
    ) { $0.secondsWaiting }
    Binding.property(
        "learningRate", of: History.Epoch.self, summary: "The learning rate of its last step.",
        example: run + "history.last.learningRate"
    ) { $0.learningRate }
    Binding.property(
        "loss", of: History.Figures.self, summary: "The mean loss.",
        example: run + "history.last.train.loss"
    ) { $0.loss }
    Binding.property(
        "accuracy", of: History.Figures.self, summary: "The share of images classified rightly.",
        example: run + "history.last.train.accuracy"
    ) { $0.accuracy }
    Binding.property(
        "metrics", of: History.Figures.self, summary: "All metrics with their names.",
        example: run + "history.last.train.metrics"
    ) { figures in figures.metrics.map { NamedFigure(name: $0.name, value: $0.value) } }
    Binding.subscript(
        of: History.Figures.self, arg("name", String.self, label: nil),
        summary: "The metric of a name.", example: run + "history.last.train[\"accuracy\"]"
    ) { figures, name in figures[name] }
}
