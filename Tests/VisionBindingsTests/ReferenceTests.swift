import Language
import Testing
import VisionBindings

@Suite struct ReferenceTests {
    @Test func holdsEveryName() {
        let text = Reference.markdown()
        let missing = ExampleTests.rows.filter { !text.contains($0.signature) }
        #expect(missing.map(\.signature) == [])
    }

    @Test func showsSignatureSummaryNotesAndExample() {
        let text = Reference.markdown()
        #expect(
            text.contains(
                """
                ### `Tensor.squeezed(axis: Int) -> Tensor`

                Without an axis of length 1.

                ```swift
                Tensor.zeros([1, 3]).squeezed(axis: 0).shape
                ```
                """))
    }

    @Test func anyLibraryHasOneWithAHeadingForEachType() {
        let library = Library(bindings: [
            .function("twice", arg("x", Int.self, label: nil, "a number"), summary: "Doubles.") {
                $0 * 2
            }
        ])
        #expect(
            Reference.markdown(library) == """
                # Reference

                ## Functions

                ### `twice(_ x: Int) -> Int`

                Doubles.

                - `x`: a number

                """)
    }
}
