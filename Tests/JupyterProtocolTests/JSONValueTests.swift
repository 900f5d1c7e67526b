import JupyterProtocol
import Testing

@Suite struct JSONValueTests {
    @Test func everyKindOfValueIsReadAsWhatItIs() throws {
        let text = #"[null, true, false, 0, 1, -7, 2.5, 1e3, "a\u00e9\n", [], {"k": {}}]"#
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(
            value == [
                nil, true, false, 0, 1, -7, 2.5, 1000, "aé\n", [], ["k": [:]],
            ])
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let value: JSONValue = [
            "text": "</script> \"quoted\" \u{1F426}\u{0}", "numbers": [1, 0.1, -3], "none": nil,
            "yes": true,
        ]
        #expect(try JSONValue(parsing: value.serialized()) == value)
    }

    @Test func numbersThatJSONDoesNotHaveAreNull() throws {
        let value = JSONValue.array([.number(.nan), .number(.infinity), .number(1.5)])
        #expect(String(decoding: try value.serialized(), as: UTF8.self) == "[null,null,1.5]")
    }

    @Test func slashesAreNotEscaped() throws {
        let text = String(decoding: try JSONValue.string("a/b").serialized(), as: UTF8.self)
        #expect(text == #""a/b""#)
    }
}
