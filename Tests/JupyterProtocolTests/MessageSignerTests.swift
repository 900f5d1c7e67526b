import JupyterProtocol
import Testing

@Suite struct MessageSignerTests {
    // python3 -c "import hmac; print(hmac.new(b'key', b'{}{\"a\":1}{}{\"b\":2}', 'sha256').hexdigest())"
    @Test func signaturesAreHMACOverTheFramesInARow() {
        let frames = ["{}", #"{"a":1}"#, "{}", #"{"b":2}"#].map { Array($0.utf8) }
        let signature = MessageSigner(key: "key").signature(frames[...])
        #expect(
            String(decoding: signature, as: UTF8.self)
                == "7c08a3c7f52083b659387c5d927f74baa7ce8a418b332371b1ec7e8d36a74709")
    }

    @Test func aKeyLongerThanABlockWorks() {
        let signer = MessageSigner(key: String(repeating: "k", count: 500))
        let frames: [[UInt8]] = [[1], [2], [3], [4]]
        let signature = signer.signature(frames[...])
        #expect(signature.count == 64)
        #expect(signer.isValid(signature, for: frames[...]))
        #expect(!signer.isValid(Array(signature.dropLast()), for: frames[...]))
        #expect(!signer.isValid([], for: frames[...]))
        #expect(!MessageSigner(key: "k").isValid(signature, for: frames[...]))
    }
}
