import Hosting
import Language
import Testing

/// What values show, and showing things from scripts.
@Suite struct DisplayScriptTests {
    let session = Session()

    func bundle(_ source: String) throws -> MIMEBundle {
        try #require(try session.result(source)).mimeBundle()
    }

    func html(_ source: String) throws -> String {
        if case .text(let text)? = try bundle(source)["text/html"] { text } else { "" }
    }

    @Test func aHandleReplacesWhatIsShown() throws {
        #expect(
            try session.run("let shown = display(Markdown(\"**a**\"))\nshown.update(6 * 7)") == nil)
        try session.run("shown.update(Tensor([1]))")
        let events = session.output.shown
        #expect(events.map(\.plain) == ["**a**", "42", "[1.0]"])
        #expect(Set(events.map(\.id)).count == 1 && events[0].id?.isEmpty == false)
        #expect(events.map(\.isUpdate) == [false, true, true])
        try session.run("display(1)")
        #expect(session.output.shown.last?.id != events[0].id)
    }

    @Test func aCallOfDisplayIsNoResult() throws {
        #expect(try session.run("display(1)") == nil)
        #expect(
            try session.run("let handle: DisplayHandle = display(1)\nhandle") == "DisplayHandle")
        #expect(session.failure("display(1).refresh()")?.message.contains("refresh") == true)
    }

    @Test func textIsSetInNotebooks() throws {
        #expect(try bundle("Markdown(\"**a**\")")["text/markdown"] == .text("**a**"))
        #expect(try bundle("LaTeX(\"x^2\")")["text/latex"] == .text("$\\displaystyle x^2$"))
        #expect(try bundle("LaTeX(\"$$x$$\")")["text/latex"] == .text("$$x$$"))
        #expect(try bundle("HTML(\"<b>a</b>\")")["text/html"] == .text("<b>a</b>"))
        #expect(try bundle("HTML(\"<b>a</b>\")").plain == "<b>a</b>")
        #expect(try session.run("print(Markdown(\"*a*\"), LaTeX(\"x\").text)") == nil)
        #expect(session.output.text == "*a* x\n")
    }

    @Test func collectionsOfTensorsAreTables() throws {
        let small = try bundle("[\"w\": Tensor([1, 2])]")
        #expect(small.plain == "[\"w\": [1.0, 2.0]]")
        #expect(try html("[\"w\": Tensor([1, 2])]").contains("<td"))
        let large = try bundle("[Tensor.zeros([900]), Tensor.ones([900])]").plain
        #expect(large.contains("[1]  [900]  float32  1.0 to 1.0"))
        let named = try html("Sequential { Linear(2, 3); ReLU() }.parameters")
        #expect(named.contains("0.weight") && named.contains("[3, 2]"))
        // Anything else among them, and what is empty, is its text.
        #expect(try html("[Tensor([1]), 2] as [Any]").isEmpty)
        #expect(try bundle("[Tensor]()").plain == "[]")
    }

    @Test func picturesInAnArrayAreASheet() throws {
        try session.run("let photo = try Image(\"cat.jpg\")")
        let sheet = try bundle("[photo, photo.grayscale(), photo]")
        #expect(sheet["image/png"] != nil)
        #expect(sheet.plain == "[Image 48x40 RGB, Image 48x40 grey, Image 48x40 RGB]")
        #expect(try bundle("[\"a\": photo]")["image/png"] != nil)
        let many = try bundle("[Image](repeating: photo, count: 500)")
        #expect(many.plain == "500 pictures, the first 40 shown")
    }

    @Test func predictionsAreASheetAndChartsStandSideBySide() throws {
        let sheet = try bundle(
            "let model = Sequential { Flatten(); Linear(4, 3) }\n"
                + "(0..<3).map { _ in model.predict(Image(Tensor.rand([1, 2, 2]))) }")
        #expect(sheet["image/png"] != nil)
        let charts = try html("[Chart.line([1, 2]), Chart.bar([\"<a>\"], [1])]")
        #expect(charts.split(separator: "<img").count == 3)
        #expect(
            try html("[\"<x>\": Chart.line([1, 2]), \"y\": Chart.line([2, 1])]")
                .contains("alt=\"&lt;x&gt;\""))
        let one = try bundle("[Chart.line([1, 2])]")
        #expect(one["application/vnd.vegalite.v5+json"] != nil)
    }

    @Test func labelledTuplesAreATable() throws {
        let page = try html(
            "[(label: \"cat\", probability: 0.75), (label: \"<dog>\", probability: 0.25)]")
        #expect(
            page.contains(">label</th>") && page.contains("&lt;dog&gt;") && page.contains("0.7500"))
        #expect(try html("[(1, 2)]").isEmpty)
        #expect(try html("(0..<300).map { (index: $0, square: $0 * $0) }").contains("and 200 more"))
    }

    @Test func modelsAreTables() throws {
        let page = try html("Sequential { Conv2d(1, 2, kernel: 3).named(\"c\"); ReLU() }")
        #expect(page.contains("Conv2d(1, 2, kernel: 3)") && page.contains("20 parameters"))
        #expect(try html("ReLU()").isEmpty)
        try session.run(
            "struct Twice: Layer {\n    let inner = Linear(2, 2)\n"
                + "    func forward(_ x: Tensor) -> Tensor { inner(inner(x)) }\n}")
        #expect(try html("Twice()").contains("Twice: 6 parameters"))
        #expect(try bundle("Twice()").plain == "Twice {\n    inner: Linear(2, 2)\n}")
    }

    @Test func loopsTellHowFarTheyAre() throws {
        #expect(
            try session.run(
                """
                var sum = 0
                let steps = progress(1...200, "Adding")
                for step in steps {
                    sum += step
                    steps.report("half", Double(step) / 2)
                }
                sum
                """) == "20100")
        let last = try #require(session.output.progress.last)
        #expect(last.isFinished && last.title == "Adding" && last.total == 200)
        #expect(last.metrics.map(\.name) == ["half"] && last.metrics.map(\.value) == [100])
        #expect(last.picture?["image/svg+xml"] != nil)
    }

    @Test(arguments: [
        ("[\"a\", \"b\"]", "String", 2), ("Set([1, 2, 3])", "Int", 3), ("0..<4", "Int", 4),
        ("\"text\"", "Character", 4), ("[1, 2, 3].lazy.map { $0 * 2 }", "Int", 3),
        ("[5: 6]", "(key: Int, value: Int)", 1),
    ])
    func anySequenceHasProgress(source: String, element: String, count: Int) throws {
        let text = try session.run(
            "var kept: [\(element)] = []\nfor x in progress(\(source)) { kept.append(x) }\nkept.count"
        )
        #expect(text == "\(count)")
        #expect(session.output.progress.last?.completed == count)
    }

    @Test func batchesHaveProgress() throws {
        try session.run(
            """
            let data = try FashionMNIST()
            for batch in progress(data.train.prefix(100).batches(32), "Batches") {
                print(batch.images.shape[0])
            }
            """)
        #expect(session.output.text == "32\n32\n32\n4\n")
        let last = try #require(session.output.progress.last)
        #expect(last.completed == 4 && last.total == 4 && last.unit == "batches")
    }

    @Test func whatIsNoSequenceIsRefused() {
        #expect(session.failure("for x in progress(5) { print(x) }") != nil)
    }
}
