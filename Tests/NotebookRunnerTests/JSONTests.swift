import NotebookRunner
import Testing

@Suite struct JSONTests {
    // Expected texts: python3 -c 'import json; print(json.dumps(json.loads(TEXT)))'
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("-0.0", "-0.0"), ("1.50", "1.5"), ("1E2", "100.0"),
        ("1e16", "1e+16"), ("123456789012345678", "123456789012345678"),
        ("1234567890123456.7", "1234567890123456.8"), ("9999999999999998.0", "9999999999999998.0"),
        ("0.0001", "0.0001"), ("0.00001", "1e-05"), ("1e-7", "1e-07"), ("1.25e-10", "1.25e-10"),
        ("1e400", "Infinity"), ("NaN", "NaN"), ("-Infinity", "-Infinity"), ("5e-324", "5e-324"),
        ("1e22", "1e+22"), ("1e100", "1e+100"), ("2.5e+3", "2500.0"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ])
    func numbersAreWrittenAsPythonWritesThem(text: String, written: String) throws {
        #expect(try JSON(parsing: text).notebookText == written)
    }

    @Test func escapesAreReadAndOnlyTheNeededOnesWritten() throws {
        let text = #""\u00e9\ud83e\udd80\/\"\\\n\u0007\u007f""#
        #expect(try JSON(parsing: text) == .string("é🦀/\"\\\n\u{7}\u{7F}"))
        #expect(try JSON(parsing: text).notebookText == "\"é🦀/\\\"\\\\\\n\\u0007\u{7F}\"")
    }

    @Test func namesAreSortedByCodePointAndTheLastOfEqualOnesWins() throws {
        let value = try JSON(parsing: #"{"b": 1, "a": 2, "Z": 3, "b": 4}"#)
        #expect(value.notebookText == "{\n \"Z\": 3,\n \"a\": 2,\n \"b\": 4\n}")
    }

    @Test func namesThatLookAlikeStayApart() throws {
        let value = try JSON(parsing: "{\"\\u00e9\": 1, \"e\\u0301\": 2}")
        #expect(value.members?.members.count == 2)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "{a: 1}", "01", "1.", ".5", "1e", "+1", "tru", "\"a",
        "\"\t\"",
        "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "[1] 2", "nulL", "'a'", "-",
    ])
    func whatIsNotJSONIsRefused(text: String) {
        #expect(throws: JSONError.self, "\(text)") { try JSON(parsing: text) }
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test func depthHasALimitAndNotTheStack() {
        let text = String(repeating: "[", count: 200_000)
        #expect {
            try JSON(parsing: text)
        } throws: { error in
            String(describing: error) == "JSON, line 1, column 501: nested deeper than 500 levels"
        }
    }
}
