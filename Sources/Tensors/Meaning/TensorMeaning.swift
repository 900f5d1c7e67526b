/// What the numbers of a tensor are, where that is known: the samples of pictures.
///
/// Tensors that are made of pictures have it, and operations carry it on: `transposed` moves the
/// axes, `flipped` along the channels changes their order, `/ 255` the values. Where an operation
/// may have made something else of the numbers, the tensor has none any more. It serves to warn of
/// what is easily done wrong with pictures, and to show them as they are.
///
///     print(try photo.tensor.meaning!)                     // CHW, RGB, 0...1
///     print(try photo.pixels.transposed(2, 0, 1).meaning!)  // CHW, RGB, 0...255
public struct TensorMeaning: Sendable, Hashable {
    /// What an axis of pictures is.
    package enum Role: String, Sendable {
        case batch = "N"
        case channel = "C"
        case height = "H"
        case width = "W"
    }

    /// An axis of pictures, and how long it is.
    package struct Part: Sendable, Hashable {
        var role: Role
        var size: Int
    }

    /// For each axis of the tensor the axes of the pictures that it runs along, the slowest first:
    /// one as a rule, none for a new axis of length 1, several after `flattened()`.
    var axes: [[Part]]

    /// The name of each channel in order, such as `["red", "green", "blue"]`; one for a single plane.
    package internal(set) var channels: [String]

    /// How the numbers came from samples in 0...1; `nil` where that is unknown.
    package internal(set) var values: SampleValues?

    /// The meaning of a new tensor of pictures.
    ///
    /// - Parameters:
    ///   - roles: what each axis of `shape` is; `.channel` has as many places as `channels`.
    ///   - values: how the numbers came from samples in 0...1, channel by channel.
    package init(_ roles: [Role], shape: [Int], channels: [String], values: SampleValues?) {
        axes = zip(roles, shape).map { [Part(role: $0, size: $1)] }
        self.channels = channels
        self.values = values
    }

    /// Where the rows, columns and channels of pictures are among the axes of the tensor: one picture,
    /// or several along the axis `batch`. `nil` where they are not axes of their own.
    package struct Places: Equatable {
        package var batch: Int?
        package var channel: Int?
        package var height: Int
        package var width: Int
    }

    /// Where rows, columns and channels are, if they are still axes of their own.
    package var places: Places? {
        var found: [Role: Int] = [:]
        for (axis, parts) in axes.enumerated() {
            guard let part = parts.first else { continue }
            guard parts.count == 1, found.updateValue(axis, forKey: part.role) == nil else {
                return nil
            }
        }
        guard let height = found[.height], let width = found[.width] else { return nil }
        return Places(
            batch: found[.batch], channel: found[.channel], height: height, width: width)
    }

    /// What brings the numbers back to samples in 0...1, channel by channel:
    /// `number * scale + shift`. `nil` where they are none of the ranges that pictures have, so that
    /// a picture that was made darker stays dark.
    package var restoration: (scale: [Double], shift: [Double])? { values?.restoration }

    /// Whether the channels are blue, green and red.
    package var isBGR: Bool { Array(channels.prefix(3)) == ["blue", "green", "red"] }

    /// Whether the channels are red, green and blue.
    package var isRGB: Bool { Array(channels.prefix(3)) == ["red", "green", "blue"] }
}

extension TensorMeaning: CustomStringConvertible {
    /// Axes, colours and values, such as `NCHW, RGB, 0...1`.
    public var description: String {
        let order = axes.map { parts in
            let letters = parts.map(\.role.rawValue).joined()
            return parts.count == 1 ? letters : parts.isEmpty ? "1" : "(\(letters))"
        }
        return ([order.joined(), colors] + (values?.title.map { [$0] } ?? []))
            .joined(separator: ", ")
    }

    /// The initials of channels with long names, such as `RGB`; else their names.
    private var colors: String {
        let isLong = channels.count > 1 && channels.allSatisfy { $0.count > 2 }
        return isLong
            ? channels.map { $0.prefix(1).uppercased() }.joined() : channels.joined()
    }
}

extension Tensor {
    /// What the numbers are, where that is known: axes, colours and values of pictures.
    ///
    ///     print(try photo.tensor.meaning!)  // CHW, RGB, 0...1
    public var meaning: TensorMeaning? { handle.meaning }

    /// The same elements off the tape, with another meaning.
    package func meaning(_ meaning: TensorMeaning?) -> Tensor {
        let copy = handle.copy()
        copy.meaning = meaning
        return Tensor(handle: copy)
    }
}
