-- map, filter, reduce and sort with closures; closures that capture a variable.
local function map(values, f)
    local result = {}
    for i = 1, #values do result[i] = f(values[i]) end
    return result
end

local function filter(values, f)
    local result = {}
    for i = 1, #values do
        if f(values[i]) then result[#result + 1] = values[i] end
    end
    return result
end

local function reduce(values, initial, f)
    for i = 1, #values do initial = f(initial, values[i]) end
    return initial
end

local function range(count)
    local result = {}
    for i = 1, count do result[i] = i - 1 end
    return result
end

local function pipeline(count)
    local squares = map(range(count), function(x) return x * x % 1000 end)
    local even = filter(squares, function(x) return x % 2 == 0 end)
    return reduce(even, 0, function(a, b) return a + b end)
end

local function counter(step)
    local value = 0
    return function()
        value = value + step
        return value
    end
end

local function compose(f, g)
    return function(x) return g(f(x)) end
end

local total = 0
for _ = 1, 5 do total = total + pipeline(100000) end
local next = counter(3)
for _ = 1, 200000 do total = total + next() end
local both = compose(function(x) return x + 1 end, function(x) return x * 2 end)
for i = 0, 199999 do total = total + both(i) end
local names = map(range(20000), function(x) return (x * 7919) % 10007 end)
table.sort(names, function(a, b) return a > b end)
print(total .. " " .. names[1] .. " " .. names[101])
