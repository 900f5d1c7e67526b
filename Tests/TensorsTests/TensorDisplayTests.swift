import Foundation
import Hosting
import Tensors
import Testing

@Suite struct TensorDisplayTests {
    private func html(_ tensor: Tensor) throws -> String {
        guard case .text(let text)? = try tensor.mimeBundle()["text/html"] else { return "" }
        return text
    }

    /// The PNG inside a page.
    private func png(_ text: String) throws -> Data {
        let start = try #require(text.firstRange(of: "base64,")).upperBound
        let end = try #require(text[start...].firstIndex(of: "\""))
        return try #require(Data(base64Encoded: String(text[start..<end])))
    }

    @Test func aSmallMatrixIsATableTintedByValue() throws {
        let bundle = try Tensor([[1, -2], [0, 2]]).mimeBundle()
        #expect(bundle.plain == "[[1.0, -2.0],\n [0.0, 2.0]]")
        #expect(
            bundle["text/html"]
                == .text(
                    "<div style=\"overflow-x:auto\"><div style=\"font-family:"
                        + "var(--jp-code-font-family,monospace);font-size:90%;margin-bottom:.3em\">"
                        + "Tensor [2, 2] float32, -2.0 to 2.0</div>"
                        + "<table><tr><td style=\"text-align:right;background:rgba(76,120,168,.30)\">"
                        + "1.0</td><td style=\"text-align:right;background:rgba(245,133,24,.60)\">"
                        + "-2.0</td></tr><tr><td style=\"text-align:right\">0.0</td>"
                        + "<td style=\"text-align:right;background:rgba(76,120,168,.60)\">2.0</td>"
                        + "</tr></table></div>"))
        #expect(bundle["image/png"] == nil)
    }

    @Test func strangeElementsHaveNoTint() throws {
        let text = try html(Tensor([Double.nan, .infinity, 0]))
        #expect(text.contains(">nan</td>") && !text.contains("background"))
        #expect(try html(Tensor([true, false])).contains("background"))
        #expect(try html(Tensor.zeros([0])).contains("<pre>[]</pre>"))
    }

    @Test func aTensorThatIsNotPrintedInFullSaysWhatItIs() throws {
        let plain = try Tensor.zeros([1001]).mimeBundle().plain
        #expect(plain.hasPrefix("Tensor [1001] float32, 0.0 to 0.0\n[0.0, 0.0, 0.0, ..."))
        #expect(try Tensor.zeros([1000]).mimeBundle().plain.hasPrefix("[0.0, 0.0"))
    }

    @Test func onePictureIsAPNGToo() throws {
        for shape in [[3, 16, 16], [1, 16, 16], [20, 24], [1, 3, 9, 9]] {
            #expect(try Tensor.rand(shape).mimeBundle()["image/png"] != nil, "\(shape)")
        }
        #expect(try Tensor.zeros([16, 24, 3], dtype: .uint8).mimeBundle()["image/png"] != nil)
        // A map of numbers, and several pictures.
        #expect(try Tensor.randn([20, 24]).mimeBundle()["image/png"] == nil)
        #expect(try Tensor.rand([5, 3, 16, 16]).mimeBundle()["image/png"] == nil)
    }

    @Test(arguments: [
        ([1, 9, 8], 208, 234), ([20, 20], 240, 240), ([3, 500, 250], 63, 125),
        // Several side by side: three pixels of gaps among four pictures of 20, five times enlarged.
        ([4, 20, 20], 415, 100), ([2, 3, 20, 20], 451, 220), ([6, 1, 5, 5], 455, 65),
        // A batch of features shows those of the first picture, a sequence of tokens is a matrix.
        ([2, 6, 10, 10], 455, 70), ([1, 30, 20], 160, 240), ([400], 400, 24), ([1000], 334, 24),
    ])
    func whatLooksLikePicturesIsShownAsThem(shape: [Int], width: Int, height: Int) throws {
        let text = try html(Tensor.randn(shape))
        #expect(
            text.contains("width=\"\(width)\" height=\"\(height)\""),
            "\(shape): \(text.prefix(300))")
    }

    @Test(arguments: [[3, 4, 20], [12], [0, 20], [4, 3], [2, 2, 2, 9, 9], []])
    func whatDoesNotIsNot(shape: [Int]) throws {
        #expect(try !html(Tensor.zeros(shape)).contains("<img"))
    }

    @Test func aLongSheetSaysHowManyThereAre() throws {
        #expect(try html(Tensor.rand([64, 1, 28, 28])).contains("the first 16 of 64"))
        #expect(try !html(Tensor.rand([16, 1, 28, 28])).contains("the first"))
    }

    @Test func mapsHaveALegend() throws {
        let signed = try html(Tensor([[-1, 3]]).tiled(20, 10))
        // Zero is in the middle of the colours.
        #expect(signed.contains("-3.0 <span") && signed.contains("</span> 3.0"))
        let counts = try html(Tensor([[2, 7]], dtype: .int32).tiled(20, 10))
        #expect(counts.contains("2.0 <span") && counts.contains("</span> 7.0"))
        #expect(try !html(Tensor.rand([20, 20])).contains("<span"))
    }

    @Test func thePictureIsAValidPNGOfTheElements() throws {
        let x = try Tensor.arange(0, 256).reshaped(16, 16).cast(to: .uint8)
        let png = try png(html(x.expandedDimensions(axis: 0)))
        // Header, then one stored block: rows of a filter byte and 16 levels.
        #expect(Array(png[16..<26]) == [0, 0, 0, 16, 0, 0, 0, 16, 8, 0])
        let rows = png[48..<48 + 16 * 17]
        let expected = (0..<16).flatMap { row -> [UInt8] in
            [0] + (0..<16).map { UInt8(row * 16 + $0) }
        }
        #expect(Array(rows) == expected)
        // Checksums as zlib computes them for these bytes (Python: zlib.adler32, zlib.crc32).
        #expect(Array(png[320..<328]) == [22, 115, 127, 129, 161, 173, 227, 200])
    }

    @Test func aMapIsAPNGWithItsColours() throws {
        let png = try png(html(Tensor([[0, 0.5], [1, 2]]).tiled(10, 10) - 3))
        // 20x20, 8 bits a pixel, a palette of 256 colours: grey for what is no number, then viridis.
        #expect(Array(png[16..<26]) == [0, 0, 0, 20, 0, 0, 0, 20, 8, 3])
        #expect(
            Array(png[33..<47]) == [0, 0, 3, 0] + Array("PLTE".utf8) + [160, 160, 160, 68, 1, 84])
        // The first row after table, block header and filter byte: the least and 1/4 of the way.
        let start = 33 + 12 + 768 + 8 + 2 + 5 + 1
        #expect(Array(png[start..<start + 4]) == [1, 65, 1, 65])
    }

    @Test func severalTensorsAreATable() throws {
        let bundle = try MIMEBundle(
            showing: [
                "b": Tensor([1, 2]), "a": Tensor.zeros([3, 4], dtype: .uint8),
            ])
        #expect(
            bundle.plain == """
                name  shape   dtype    elements
                ────  ──────  ───────  ──────────
                a     [3, 4]  uint8    0 to 0
                b     [2]     float32  1.0 to 2.0
                """)
        guard case .text(let page)? = bundle["text/html"] else {
            Issue.record("no table")
            return
        }
        #expect(page.contains("<table>") && page.contains("1.0 to 2.0"))
        let list = try MIMEBundle(showing: [Tensor([1]), Tensor.zeros([0])]).plain
        #expect(list.contains("[0]  [1]    float32  1.0 to 1.0\n[1]  [0]    float32  0"))
    }
}
