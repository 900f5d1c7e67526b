struct Player { var name: String; var score = 0 }
func reward(_ player: inout Player, _ points: Int) {
    player.score += points
    if player.score > 10 { player = Player(name: player.name + "*", score: 0) }
}
func both(_ a: inout Player, _ b: inout Player) {
    reward(&a, 3)
    reward(&b, 20)
}
var ada = Player(name: "Ada"), bo = Player(name: "Bo")
both(&ada, &bo)
print(ada, bo)
var team = [ada, bo]
for i in team.indices { reward(&team[i], i * 5) }
print(team.map { $0.score }, ada.score)
// expect: Player(name: "Ada", score: 3) Player(name: "Bo*", score: 0)
// expect: [3, 5] 3
