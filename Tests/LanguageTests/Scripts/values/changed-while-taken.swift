// Swift stops a program that reads what a call is changing; here that is an error.
var items = [1, 2]
func fill(_ list: inout [Int]) { list.append(items.count) }
fill(&items) // expect error: a variable is used before it has a value
