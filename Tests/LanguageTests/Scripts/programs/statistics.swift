// Means, medians and a histogram.
let data = [4.0, 8, 15, 16, 23, 42]
let mean = data.reduce(0, +) / Double(data.count)
let variance = data.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(data.count)
print(mean, variance, variance.squareRoot().rounded()) // expect: 18.0 151.66666666666666 12.0
func median(_ v: [Double]) -> Double {
    let s = v.sorted(), m = s.count / 2
    return s.count % 2 == 0 ? (s[m - 1] + s[m]) / 2 : s[m]
}
print(median(data), median([3, 1, 2])) // expect: 15.5 2.0
let (low, high) = data.reduce((data[0], data[0])) { (min($0.0, $1), max($0.1, $1)) }
print(low, high) // expect: 4.0 42.0
for (bin, values) in Dictionary(grouping: data, by: { Int($0) / 10 }).sorted(by: { $0.key < $1.key }) { print(bin * 10, String(repeating: "*", count: values.count)) }
// expect: 0 **
// expect: 10 **
// expect: 20 *
// expect: 40 *
let normal = data.map { ($0 - mean) / variance.squareRoot() }
print(abs(normal.reduce(0, +)) < 1e-9, zip(data, data.dropFirst()).map { $1 - $0 }) // expect: true [4.0, 7.0, 1.0, 7.0, 19.0]
