extension History.Figures: Codable {
    private enum Key: CodingKey { case loss, names, values }

    /// Reads what `encode(to:)` wrote.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Key.self)
        loss = try members.decode(Double.self, forKey: .loss)
        let names = try members.decode([String].self, forKey: .names)
        metrics = zip(names, try members.decode([Double].self, forKey: .values)).map { ($0, $1) }
    }

    /// Writes the loss, the names of the metrics and their values.
    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Key.self)
        try members.encode(loss, forKey: .loss)
        try members.encode(metrics.map(\.name), forKey: .names)
        try members.encode(metrics.map(\.value), forKey: .values)
    }
}
