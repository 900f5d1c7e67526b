enum Mode { case on, off }
let mode = Mode.up

// expect error: NameError: Mode has no 'up'
// expect error: In [1], line 2
// expect error: |                 ^~
// expect error: hint: there are .on .off
