struct Version { var major: Int, minor: Int }
extension Version: Comparable {
    static func < (a: Version, b: Version) -> Bool {
        (a.major, a.minor) < (b.major, b.minor)
    }
}
extension Version: CustomStringConvertible {
    var description: String { "v\(major).\(minor)" }
}
extension Version: Hashable {}
let versions = [Version(major: 1, minor: 9), Version(major: 1, minor: 10), Version(major: 0, minor: 99)]
print(versions.sorted(), versions.max() ?? versions[0])
print(versions[0] < versions[1], versions[0] >= versions[1], versions[0] == Version(major: 1, minor: 9))
print(Set(versions + versions).count, "\(versions[2])")
// expect: [v0.99, v1.9, v1.10] v1.10
// expect: true false true
// expect: 3 v0.99
