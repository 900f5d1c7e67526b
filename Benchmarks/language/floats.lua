-- Points of a grid that stay in the Mandelbrot set, and a slow series for pi.
local function mandelbrot(size, limit)
    local inside = 0
    for row = 0, size - 1 do
        local ci = 2.0 * row / size - 1.0
        for column = 0, size - 1 do
            local cr = 2.0 * column / size - 1.5
            local zr, zi, turns = 0.0, 0.0, 0
            while turns < limit and zr * zr + zi * zi <= 4.0 do
                local next = zr * zr - zi * zi + cr
                zi = 2.0 * zr * zi + ci
                zr = next
                turns = turns + 1
            end
            if turns == limit then inside = inside + 1 end
        end
    end
    return inside
end

local function leibniz(terms)
    local sum, sign = 0.0, 1.0
    for k = 0, terms - 1 do
        sum = sum + sign / (2.0 * k + 1.0)
        sign = -sign
    end
    return 4.0 * sum
end

print(mandelbrot(160, 100))
print(string.format("%.17g", leibniz(2000000)))
