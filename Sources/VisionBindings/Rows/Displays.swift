import Language
import VisionEngine

/// Text that a notebook sets, and progress of loops.
@RowBuilder func displayRows() -> [Binding] {
    Binding.initializer(
        of: Markdown.self, arg("text", String.self, label: nil),
        summary: "Text with Markdown's marks, which a notebook shows set.",
        example: "display(Markdown(\"accuracy **0.91**\"))"
    ) { text in Markdown(text) }
    Binding.property(
        "text", of: Markdown.self, summary: "The source.", example: "Markdown(\"**done**\").text"
    ) { $0.text }
    Binding.initializer(
        of: LaTeX.self, arg("text", String.self, label: nil),
        summary: "A formula, which a notebook shows set.",
        example: "LaTeX(#\"\\frac{1}{N} \\sum_i x_i\"#)"
    ) { text in LaTeX(text) }
    Binding.property(
        "text", of: LaTeX.self, summary: "The source.", example: "LaTeX(\"x^2\").text"
    ) { $0.text }
    Binding.initializer(
        of: HTML.self, arg("text", String.self, label: nil),
        summary: "A piece of a web page, which a notebook shows as one.",
        example: "HTML(\"<b>done</b>\")"
    ) { text in HTML(text) }
    Binding.property(
        "text", of: HTML.self, summary: "The source.", example: "HTML(\"<b>done</b>\").text"
    ) { $0.text }
    progressRows()
}

@RowBuilder private func progressRows() -> [Binding] {
    Binding.function(
        "progress", arg("items", AnyElements.self, label: nil, "anything that for-in goes through"),
        arg("title", String.self, label: nil, default: ""),
        summary:
            "The elements; going through them shows how far it is, how fast, and how long yet.",
        example: "for step in progress(1...100, \"Counting\") { _ = step }"
    ) { items, title in
        ElementProgress(sequence: ProgressItems(items.value, title))
    }
    Binding.function(
        "progress", arg("items", BatchLoader.self, label: nil),
        arg("title", String.self, label: nil, default: ""),
        summary: "The batches; going through them shows how far it is, how fast, and how long yet.",
        example: """
            let data = try FashionMNIST()
            for batch in progress(data.train.prefix(64).batches(16)) { print(batch.count) }
            """
    ) { items, title in
        BatchProgress(sequence: ProgressItems(items, title))
    }
    Binding.action(
        "report", of: ElementProgress.self, arg("name", String.self, label: nil),
        arg("value", Double.self, label: nil),
        summary: "A figure at the present element: the line tells it, a curve below draws it.",
        example: """
            let steps = progress(1...10)
            for step in steps { steps.report("loss", 1 / Double(step)) }
            """
    ) { steps, name, value in steps.sequence.report(name, value) }
}
