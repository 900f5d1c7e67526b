// Raw text keeps backslashes and quotes; \# escapes inside.
print(#"C:\new\table"#) // expect: C:\new\table
print(#"say "hello""#) // expect: say "hello"
print(#"a \#(1 + 1) b \n"#) // expect: a 2 b \n
print(##"a "# b"##) // expect: a "# b
print(#"tab:\#tend"#) // expect: tab:	end
let name = "x"
print(#"\(name) is \#(name)"#) // expect: \(name) is x
