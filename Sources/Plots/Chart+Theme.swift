extension Chart {
    /// What a drawing of a chart lies on.
    public enum Theme: String, Sendable, CaseIterable {
        /// On anything: it has no ground of its own, and its letters are of a grey that is read on
        /// white and on black.
        case adaptive
        /// On white.
        case light
        /// On black.
        case dark

        /// The ground, where it has one.
        var ground: String? {
            switch self {
            case .adaptive: nil
            case .light: "#ffffff"
            case .dark: "#111111"
            }
        }

        /// The colour of letters, whiskers and the line at the bottom.
        var ink: String {
            switch self {
            case .adaptive: Self.grey
            case .light: "#333333"
            case .dark: "#dddddd"
            }
        }

        /// The colour of the lines behind the data and how much of it is seen.
        var faint: (color: String, opacity: Double) {
            switch self {
            case .adaptive: (Self.grey, 0.25)
            case .light: ("#000000", 0.1)
            case .dark: ("#ffffff", 0.16)
            }
        }

        /// As far from white as from black.
        static let grey = "#777777"
    }
}
