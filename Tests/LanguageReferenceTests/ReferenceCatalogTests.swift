import Hosting
import Language
import LanguageReference
import Testing
import VisionBindings

@Suite struct ReferenceCatalogTests {
    private static let small = [
        RowGroup(
            title: "Doubling",
            rows: [
                .function(
                    "twice", arg("x", Int.self, label: nil, "a number"),
                    summary: "Doubles.", example: "twice(4)"
                ) { $0 * 2 },
                .function(
                    "twice", arg("text", String.self, label: nil),
                    summary: "Repeats.", example: "twice(\"ab\")"
                ) { $0 + $0 },
            ])
    ]

    private func pages(
        of groups: [RowGroup], running: @escaping (String) throws -> [MIMEBundle] = { _ in [] }
    ) throws -> (texts: [String: String], pictures: [String: [UInt8]]) {
        try ReferenceCatalog(groups: groups, types: []).pages(running: running)
    }

    @Test func aPageHasEachDeclarationItsNotesItsExamplesAndWhatTheyGive() throws {
        let run = ExampleRun(library: Library(bindings: Self.small[0].rows))
        let page = try pages(of: Self.small) { try run.outputs(of: $0) }.texts["function-twice"]
        #expect(
            page == """
                # twice

                @Metadata {
                    @TitleHeading("Function")
                }

                Doubles.

                ## Declarations

                ```swift
                twice(_ x: Int) -> Int
                ```

                - `x`: a number

                ```swift
                twice(_ text: String) -> String
                ```

                Repeats.

                ## Examples

                ```swift
                twice(4)
                ```

                ```
                8
                ```

                ```swift
                twice("ab")
                ```

                ```
                "abab"
                ```

                """)
    }

    @Test func aLongDeclarationHasALineForEachParameter() throws {
        let page = try ReferenceCatalog(groups: visionRowGroups(), types: visionLibrary.types)
            .pages { _ in [] }.texts["function-conv2d"]
        let lines = """
            conv2d(
                _ x: Tensor,
                _ weight: Tensor,
                bias: Tensor? = nil,
                stride: IntOrPair = 1,
                padding: PaddingSize = 0,
                dilation: IntOrPair = 1,
                groups: Int = 1
            ) -> Tensor
            """
        #expect(page?.contains(lines) == true, "\(page ?? "")")
    }

    @Test func everyNameOfTheLanguageHasAPageWithAnExample() throws {
        let groups = visionRowGroups()
        let pages = try ReferenceCatalog(groups: groups, types: visionLibrary.types)
            .pages { _ in [] }.texts
        let text = pages.values.joined()
        let rows = (groups + BuiltinNames.groups).flatMap(\.rows)
        let silent = rows.filter { !text.contains($0.summary) || $0.example.isEmpty }
        #expect(silent.map(\.signature) == [])
        let named = pages.filter { !$0.key.hasPrefix("group-") && $0.key != "Language" }
        #expect(named.count > 1300)
        #expect(named.filter { !$0.value.contains("## Example") }.keys.sorted() == [])
    }

    @Test func everyLinkLeadsToAPage() throws {
        let pages = try ReferenceCatalog(groups: visionRowGroups(), types: visionLibrary.types)
            .pages { _ in [] }.texts
        for (name, page) in pages {
            for part in page.components(separatedBy: "<doc:").dropFirst() {
                let target = String(part.prefix { $0 != ">" })
                #expect(pages[target] != nil, "\(name) leads to \(target)")
            }
        }
    }

    @Test func aTypeSaysWhatGivesOneAndWhatItHas() throws {
        let page = try ReferenceCatalog(groups: visionRowGroups(), types: visionLibrary.types)
            .pages { _ in [] }.texts["Histogram"]
        #expect(page?.contains("### What gives one\n\n- <doc:Image-histogram>") == true)
        #expect(page?.contains("### Of its values\n\n- <doc:Histogram-") == true)
    }

    @Test func aMemberOfSeveralTypesHasOnePage() throws {
        let pages = try pages(of: []).texts
        #expect(pages["Array-enumerated"]?.contains("Other types that have it too: ") == true)
        #expect(pages["Set-enumerated"] == nil)
        #expect(pages["Set"]?.contains("<doc:Array-enumerated>") == true)
    }

    @Test func picturesBecomeFilesOfThePage() throws {
        var drawing = MIMEBundle(plain: "a drawing in characters")
        drawing["image/svg+xml"] = .text("<svg/>")
        var photo = MIMEBundle(plain: "Image(2 x 1)")
        photo["image/png"] = .bytes([1, 2])
        let outputs = [drawing, photo]
        let (texts, pictures) = try pages(of: Self.small) { $0 == "twice(4)" ? outputs : [] }
        let page = try #require(texts["function-twice"])
        #expect(!page.contains("a drawing in characters"))
        #expect(page.contains("Image(2 x 1)"))
        let kinds = Set(pictures.keys.map { $0.suffix(4) })
        #expect(kinds == [".svg", ".png"])
        for name in pictures.keys { #expect(page.contains("](\(name))")) }
    }

    @Test func anExampleThatFailsIsNamed() throws {
        let run = ExampleRun(library: Library())
        let error = #expect(throws: ReferenceError.self) {
            _ = try self.pages(of: Self.small) { try run.outputs(of: $0) }
        }
        #expect(error?.description.contains("an example fails: twice(4)") == true)
    }

    @Test func twoNamesWithOnePageAreRefused() {
        let rows: [Binding] = [
            .function("Twice", arg("x", Int.self), summary: "A.", example: "1") { $0 },
            .function("twice", arg("x", Int.self), summary: "B.", example: "1") { $0 },
        ]
        let error = #expect(throws: ReferenceError.self) {
            _ = try ReferenceCatalog(groups: [RowGroup(title: "A", rows: rows)], types: [])
        }
        #expect(error?.description == "reference: two names have the page function-twice")
    }

    @Test func printedTextDisplaysAndTheResultComeInOrder() throws {
        let outputs = try ExampleRun(library: Library()).outputs(
            of: "print(1); let shown = display(\"a\"); shown.update(\"b\"); 3")
        #expect(outputs.map(\.plain) == ["1\n", "\"b\"", "3"])
    }
}
