// Planets that attract each other: structures in an array, changed in place.
struct Body {
    var x: Double
    var y: Double
    var z: Double
    var vx: Double
    var vy: Double
    var vz: Double
    let mass: Double
}

func planets() -> [Body] {
    [
        Body(
            x: 0.0, y: 0.0, z: 0.0,
            vx: 0.0, vy: 0.0, vz: 0.0, mass: 39.47841760435743),
        Body(
            x: 4.841431442464721, y: -1.1603200440274284, z: -0.10362204447112311,
            vx: 0.606326392995832, vy: 2.81198684491626, vz: -0.02521836165988763,
            mass: 0.03769367487038949),
        Body(
            x: 8.34336671824458, y: 4.124798564124305, z: -0.4035234171143214,
            vx: -1.0107743461787924, vy: 1.8256623712304119, vz: 0.008415761376584154,
            mass: 0.011286326131968767),
        Body(
            x: 12.894369562139131, y: -15.111151401698631, z: -0.22330757889265573,
            vx: 1.0827910064415354, vy: 0.8687130181696082, vz: -0.010832637401363636,
            mass: 0.0017237240570597112),
        Body(
            x: 15.379697114850917, y: -25.919314609987964, z: 0.17925877295037118,
            vx: 0.979090732243898, vy: 0.5946989986476762, vz: -0.034755955504078104,
            mass: 0.0020336868699246304),
    ]
}

func advance(_ bodies: inout [Body], _ dt: Double) {
    for i in 0..<bodies.count {
        for j in i + 1..<bodies.count {
            let dx = bodies[i].x - bodies[j].x
            let dy = bodies[i].y - bodies[j].y
            let dz = bodies[i].z - bodies[j].z
            let distance = dx * dx + dy * dy + dz * dz
            let magnitude = dt / (distance * distance.squareRoot())
            let mi = bodies[i].mass * magnitude
            let mj = bodies[j].mass * magnitude
            bodies[i].vx -= dx * mj
            bodies[i].vy -= dy * mj
            bodies[i].vz -= dz * mj
            bodies[j].vx += dx * mi
            bodies[j].vy += dy * mi
            bodies[j].vz += dz * mi
        }
    }
    for i in 0..<bodies.count {
        bodies[i].x += dt * bodies[i].vx
        bodies[i].y += dt * bodies[i].vy
        bodies[i].z += dt * bodies[i].vz
    }
}

func energy(_ bodies: [Body]) -> Double {
    var e = 0.0
    for i in 0..<bodies.count {
        let a = bodies[i]
        e += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
        for j in i + 1..<bodies.count {
            let b = bodies[j]
            let dx = a.x - b.x
            let dy = a.y - b.y
            let dz = a.z - b.z
            e -= a.mass * b.mass / (dx * dx + dy * dy + dz * dz).squareRoot()
        }
    }
    return e
}

var bodies = planets()
for _ in 0..<25_000 { advance(&bodies, 0.01) }
print(energy(bodies))
