struct Engine {
    enum Kind: String { case petrol, electric }
    struct Part { var name: String; var kind: Kind }
    var kind: Kind
    var parts: [Part] = []
    mutating func add(_ name: String) { parts.append(Part(name: name, kind: kind)) }
    func first() -> Part? { parts.first }
}
var engine = Engine(kind: .electric)
engine.add("rotor")
engine.parts.append(Engine.Part(name: "tank", kind: .petrol))
print(engine.parts.map { $0.name + ":" + $0.kind.rawValue })
let kind: Engine.Kind = .petrol
print(kind, engine.first()?.kind == kind, Engine.Kind(rawValue: "electric") == engine.kind)
// expect: ["rotor:electric", "tank:petrol"]
// expect: petrol false true
