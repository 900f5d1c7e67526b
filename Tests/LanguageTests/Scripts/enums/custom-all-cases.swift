enum Size: CaseIterable, Equatable {
    case small, custom(Int)
    static var allCases: [Size] { [.small, .custom(1), .custom(2)] }
}
print(Size.allCases.count, Size.allCases.contains(.custom(2)))
for size in Size.allCases { print(size) }
// expect: 3 true
// expect: small
// expect: custom(1)
// expect: custom(2)
