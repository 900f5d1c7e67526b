func load() -> Int { 1 }
let value = await load()

// expect error: UnsupportedError: await is not part of this language
// expect error: In [1], line 2
// expect error: |             ^~~~~~~~~~~~
// expect error: hint: leave await out
