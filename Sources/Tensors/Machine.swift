import OneDNN

/// What computes here: numbers may differ in their last bits between two of them.
package enum Machine {
    /// How many threads compute.
    package static var threads: Int { Parallel.threads }

    /// The version of oneDNN.
    package static var library: String { libraryVersion }

    /// What the kernels are made for.
    package static var kernels: String { hasAVX512 ? "AVX-512" : "AVX2 or less" }
}
