// Labelled loops, and break out of other labelled statements.
outer: for i in 0..<3 {
    for j in 0..<3 {
        if j == 2 { continue outer }
        if i == 2 { break outer }
        print(i, j, terminator: " ")
    }
}
print() // expect: 0 0 0 1 1 0 1 1 
search: while true {
    switch Int.random(in: 5...5) {
    case 5: break search
    default: break
    }
}
check: if true {
    if 2 > 1 { break check }
    print("never")
}
work: do {
    print("begin")
    for i in 0... { if i == 3 { break work } }
}
// expect: begin
loop: repeat { for i in 0..<9 { if i == 4 { print("leave", i); break loop } } } while true // expect: leave 4
for i in 0..<4 {
    inner: do { if i == 1 { break inner }; if i == 3 { break }; print(i) }
}
// expect: 0
// expect: 2
