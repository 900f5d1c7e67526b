// Collections in collections, changed in place.
var grid = [[1, 2], [3, 4]]
grid[0][1] += 10
grid[1].append(5)
grid[1].removeFirst()
for i in grid.indices { for j in grid[i].indices { grid[i][j] *= 2 } }
print(grid, grid.map { $0.count }, grid.flatMap { $0 }.max()!) // expect: [[2, 24], [8, 10]] [2, 2] 24
var byName: [String: [Int]] = [:]
byName["a", default: []].append(1)
byName["a"]!.append(2)
byName["b"] = [9]
byName["b"]?[0] += 1
print(byName["a"]!, byName["b"]!, byName.mapValues { $0.reduce(0, +) }["a"]!) // expect: [1, 2] [10] 3
struct Team { var members: [String] = []; var scores: [String: Int] = [:] }
var teams = [Team(), Team()]
teams[0].members.append("Ann")
teams[0].scores["Ann", default: 0] += 5
teams[1] = teams[0]
teams[1].members[0] = "Bob"
print(teams[0], teams[1].members, teams[1].scores["Ann"]!) // expect: Team(members: ["Ann"], scores: ["Ann": 5]) ["Bob"] 5
var tuples = [(name: "x", count: 0)]
tuples[0].count += 3
print(tuples, tuples[0].name) // expect: [(name: "x", count: 3)] x
var deep: [[String: [Int]]] = [["k": [1]]]
deep[0]["k"]?.append(2)
deep[0]["n"] = []
print(deep[0]["k"]!, deep[0].count) // expect: [1, 2] 2
