enum Mode { case on, off, auto }
var mode: Mode? = .on
print(mode == .on, mode != .off)
mode = nil
switch mode {
case .on: print("on")
case .off, .auto: print("other")
case nil: print("unset")
}
print(mode ?? .auto)
let modes: [Mode?] = [.off, nil]
print(modes.compactMap { $0 }.count)
// expect: true true
// expect: unset
// expect: auto
// expect: 1
