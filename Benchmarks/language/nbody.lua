-- Planets that attract each other: tables in a table, changed in place.
local bodies = {
    {x = 0.0, y = 0.0, z = 0.0,
     vx = 0.0, vy = 0.0, vz = 0.0, mass = 39.47841760435743},
    {x = 4.841431442464721, y = -1.1603200440274284, z = -0.10362204447112311,
     vx = 0.606326392995832, vy = 2.81198684491626, vz = -0.02521836165988763, mass = 0.03769367487038949},
    {x = 8.34336671824458, y = 4.124798564124305, z = -0.4035234171143214,
     vx = -1.0107743461787924, vy = 1.8256623712304119, vz = 0.008415761376584154, mass = 0.011286326131968767},
    {x = 12.894369562139131, y = -15.111151401698631, z = -0.22330757889265573,
     vx = 1.0827910064415354, vy = 0.8687130181696082, vz = -0.010832637401363636, mass = 0.0017237240570597112},
    {x = 15.379697114850917, y = -25.919314609987964, z = 0.17925877295037118,
     vx = 0.979090732243898, vy = 0.5946989986476762, vz = -0.034755955504078104, mass = 0.0020336868699246304},
}

local function advance(bodies, dt)
    for i = 1, #bodies do
        for j = i + 1, #bodies do
            local dx = bodies[i].x - bodies[j].x
            local dy = bodies[i].y - bodies[j].y
            local dz = bodies[i].z - bodies[j].z
            local distance = dx * dx + dy * dy + dz * dz
            local magnitude = dt / (distance * math.sqrt(distance))
            local mi = bodies[i].mass * magnitude
            local mj = bodies[j].mass * magnitude
            bodies[i].vx = bodies[i].vx - dx * mj
            bodies[i].vy = bodies[i].vy - dy * mj
            bodies[i].vz = bodies[i].vz - dz * mj
            bodies[j].vx = bodies[j].vx + dx * mi
            bodies[j].vy = bodies[j].vy + dy * mi
            bodies[j].vz = bodies[j].vz + dz * mi
        end
    end
    for i = 1, #bodies do
        bodies[i].x = bodies[i].x + dt * bodies[i].vx
        bodies[i].y = bodies[i].y + dt * bodies[i].vy
        bodies[i].z = bodies[i].z + dt * bodies[i].vz
    end
end

local function energy(bodies)
    local e = 0.0
    for i = 1, #bodies do
        local a = bodies[i]
        e = e + 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
        for j = i + 1, #bodies do
            local b = bodies[j]
            local dx = a.x - b.x
            local dy = a.y - b.y
            local dz = a.z - b.z
            e = e - a.mass * b.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
        end
    end
    return e
end

for _ = 1, 25000 do advance(bodies, 0.01) end
print(string.format("%.17g", energy(bodies)))
