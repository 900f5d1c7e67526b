# Planets that attract each other: objects in a list, changed in place.
from math import sqrt


class Body:
    __slots__ = ("x", "y", "z", "vx", "vy", "vz", "mass")

    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx
        self.vy = vy
        self.vz = vz
        self.mass = mass


def planets():
    return [
        Body(0.0, 0.0, 0.0,
             0.0, 0.0, 0.0, 39.47841760435743),
        Body(4.841431442464721, -1.1603200440274284, -0.10362204447112311,
             0.606326392995832, 2.81198684491626, -0.02521836165988763, 0.03769367487038949),
        Body(8.34336671824458, 4.124798564124305, -0.4035234171143214,
             -1.0107743461787924, 1.8256623712304119, 0.008415761376584154, 0.011286326131968767),
        Body(12.894369562139131, -15.111151401698631, -0.22330757889265573,
             1.0827910064415354, 0.8687130181696082, -0.010832637401363636, 0.0017237240570597112),
        Body(15.379697114850917, -25.919314609987964, 0.17925877295037118,
             0.979090732243898, 0.5946989986476762, -0.034755955504078104, 0.0020336868699246304),
    ]


def advance(bodies, dt):
    for i in range(len(bodies)):
        for j in range(i + 1, len(bodies)):
            dx = bodies[i].x - bodies[j].x
            dy = bodies[i].y - bodies[j].y
            dz = bodies[i].z - bodies[j].z
            distance = dx * dx + dy * dy + dz * dz
            magnitude = dt / (distance * sqrt(distance))
            mi = bodies[i].mass * magnitude
            mj = bodies[j].mass * magnitude
            bodies[i].vx -= dx * mj
            bodies[i].vy -= dy * mj
            bodies[i].vz -= dz * mj
            bodies[j].vx += dx * mi
            bodies[j].vy += dy * mi
            bodies[j].vz += dz * mi
    for i in range(len(bodies)):
        bodies[i].x += dt * bodies[i].vx
        bodies[i].y += dt * bodies[i].vy
        bodies[i].z += dt * bodies[i].vz


def energy(bodies):
    e = 0.0
    for i in range(len(bodies)):
        a = bodies[i]
        e += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
        for j in range(i + 1, len(bodies)):
            b = bodies[j]
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            e -= a.mass * b.mass / sqrt(dx * dx + dy * dy + dz * dz)
    return e


bodies = planets()
for _ in range(25_000):
    advance(bodies, 0.01)
print(energy(bodies))
