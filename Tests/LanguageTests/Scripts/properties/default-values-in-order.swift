func next() -> Int {
    counter += 1
    return counter
}
var counter = 0
struct Ticket {
    var id = next()
    var seat = next() * 10
}
print(Ticket(), Ticket(id: 50), Ticket(seat: 0))
print(counter)
// expect: Ticket(id: 1, seat: 20) Ticket(id: 50, seat: 30) Ticket(id: 4, seat: 0)
// expect: 4
