enum Problem: Error { case negative(Int), empty }
struct Root {
    let value: Double
    init(of x: Int) throws {
        guard x >= 0 else { throw Problem.negative(x) }
        value = Double(x).squareRoot()
    }
    init(text: String) throws {
        guard !text.isEmpty else { throw Problem.empty }
        try self.init(of: text.count)
    }
}
print(try Root(of: 16).value)
print(try Root(text: "abcd").value)
do {
    _ = try Root(of: -4)
} catch Problem.negative(let n) {
    print("negative", n)
}
do { _ = try Root(text: "") } catch { print(error) }
print((try? Root(of: -1)) == nil)
// expect: 4.0
// expect: 2.0
// expect: negative -4
// expect: empty
// expect: true
