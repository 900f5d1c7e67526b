// Text over several lines: indentation, continued lines, quotes, interpolation.
let poem = """
    first "quoted"
      indented
    last \
    continued
    """
print(poem)
// expect: first "quoted"
// expect:   indented
// expect: last continued
let n = 3
print("""
    n is \(n)

    after an empty line
    """)
// expect: n is 3
// expect:
// expect: after an empty line
print("""
    """.isEmpty)
// expect: true
print(#"""
    raw \n \#(n)
    """#)
// expect: raw \n 3
