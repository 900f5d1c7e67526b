struct Tag: CustomStringConvertible { var name: String; var description: String { "#" + name } }
struct Post { var tag: Tag; var tags: [Tag] }
enum Item { case tag(Tag) }
print(Post(tag: Tag(name: "a"), tags: [Tag(name: "b")]))
print(Item.tag(Tag(name: "c")), ["k": Tag(name: "d")])
print("\(Tag(name: "e"))", Tag(name: "f").description + "!")
// expect: Post(tag: #a, tags: [#b])
// expect: tag(#c) ["k": #d]
// expect: #e #f!
