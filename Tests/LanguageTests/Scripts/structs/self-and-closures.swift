struct Scaler {
    var factor: Int
    func apply(_ values: [Int]) -> [Int] { values.map { $0 * factor } }
    func applied(to values: [Int]) -> () -> [Int] {
        return { values.map { $0 * self.factor } }
    }
    func nested(_ n: Int) -> Int {
        func twice(_ x: Int) -> Int { x * 2 * factor }
        return twice(n) + twice(1)
    }
}
var scaler = Scaler(factor: 3)
let later = scaler.applied(to: [1, 2])
scaler.factor = 10
print(scaler.apply([1, 2]), later(), scaler.nested(4))
// expect: [10, 20] [3, 6] 100
