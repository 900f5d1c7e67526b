// readLine gives what a person types, or nil.
let answer = readLine()
print(answer ?? "nothing", answer?.count ?? 0) // expect: typed 5
