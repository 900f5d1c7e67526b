enum Mode { case on, off }
let mode = Mode.on
switch mode {
case .on: print("on")
}

// expect error: SyntaxError: this switch does not handle .off
// expect error: In [1], line 3
// expect error: | ^~~~~~
// expect error: hint: add the case or default:
