struct Cat { enum Sound { case meow }; var sound = Sound.meow }
struct Dog { enum Sound { case bark, growl }; var sound = Sound.growl }
enum Sound { case silence }
print(Cat().sound, Dog().sound, Sound.silence)
let list: [Dog.Sound] = [.bark, .growl]
print(list.count, Cat.Sound.meow)
// expect: meow growl silence
// expect: 2 meow
