import JupyterProtocol
import Testing

@Suite struct MessageHeaderTests {
    // python3 -c "from datetime import *; print(datetime.fromtimestamp(1709210096, timezone.utc))"
    @Test func datesAreUTCWithSixDigitsAndZ() {
        #expect(messageDate(seconds: 0, nanoseconds: 0) == "1970-01-01T00:00:00.000000Z")
        #expect(
            messageDate(seconds: 1_709_210_096, nanoseconds: 7_001_999)
                == "2024-02-29T12:34:56.007001Z")
    }

    @Test func identifiersAreUniqueInOneSession() {
        let factory = MessageFactory()
        let headers = (0..<100).map { _ in
            factory.message("status", parent: nil, content: [:]).header
        }
        #expect(Set(headers.map(\.id)).count == 100)
        #expect(Set(headers.map(\.session)) == [factory.session])
        #expect(factory.session != MessageFactory().session)
    }
}
