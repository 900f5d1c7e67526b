// Escapes in ordinary text.
print("tab\tend") // expect: tab	end
print("quote \" backslash \\ apostrophe '") // expect: quote " backslash \ apostrophe '
print("line\nbreak")
// expect: line
// expect: break
print("unicode \u{e9}\u{1F600}\u{41}") // expect: unicode é😀A
print("zero \0 end".count) // expect: 10
print("carriage\r".count, "\r\n".count) // expect: 9 1
