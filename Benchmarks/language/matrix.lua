-- Nested loops over arrays of arrays: fill, multiply, transpose in place, trace.
local function zeros(n)
    local m = {}
    for i = 1, n do
        local row = {}
        for j = 1, n do row[j] = 0.0 end
        m[i] = row
    end
    return m
end

local function matrix(n, seed)
    local m = zeros(n)
    for i = 1, n do
        for j = 1, n do m[i][j] = seed * (i - j + 0.0) * (i + j - 2.0) end
    end
    return m
end

local function product(a, b)
    local n = #a
    local c = zeros(n)
    for i = 1, n do
        for j = 1, n do
            local sum = 0.0
            for k = 1, n do sum = sum + a[i][k] * b[k][j] end
            c[i][j] = sum
        end
    end
    return c
end

local n = 110
local a = matrix(n, 1.0 / n)
local b = matrix(n, 2.0 / n)
local c = product(a, b)
for round = 0, 19 do
    for i = 1, n do
        for j = 1, i - 1 do
            local kept = c[i][j]
            c[i][j] = c[j][i]
            c[j][i] = kept + round
        end
    end
end
local trace = 0.0
for i = 1, n do trace = trace + c[i][n + 1 - i] end
print(string.format("%.17g", trace))
