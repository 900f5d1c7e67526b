/// What a JPEG's segments say, up to the first scan.
struct JPEGMarkers {
    var orientation = EXIFOrientation()
    var hasAdobe = false
    /// The parts of the colour profile, one after the other.
    var profile: [UInt8] = []
    /// As the picture is stored; 0 where no frame begins before the first scan.
    private(set) var width = 0
    private(set) var height = 0
    private(set) var components = 0

    init(_ data: [UInt8]) {
        var offset = 2
        while offset + 4 <= data.count, data[offset] == 0xFF {
            let marker = data[offset + 1]
            if marker == 0xFF {  // padding
                offset += 1
                continue
            }
            if marker == 0xDA || marker == 0xD9 { return }
            let length = Int(data[offset + 2]) << 8 | Int(data[offset + 3])
            let end = offset + 2 + length
            guard length >= 2, end <= data.count else { return }
            let payload = data[(offset + 4)..<end]
            switch marker {
            case 0xE1 where orientation.value == 1:
                orientation = EXIFOrientation(app1: payload)
            case 0xE2 where payload.starts(with: Array("ICC_PROFILE\0".utf8)):
                // A profile is cut into numbered parts, which stand in their order.
                profile += payload.dropFirst(14)
            case 0xEE where payload.starts(with: Array("Adobe".utf8)): hasAdobe = true
            case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker) && length >= 8:
                height = Int(data[offset + 5]) << 8 | Int(data[offset + 6])
                width = Int(data[offset + 7]) << 8 | Int(data[offset + 8])
                components = Int(data[offset + 9])
            default: break
            }
            offset = end
        }
    }
}
