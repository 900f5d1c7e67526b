-- The longest Collatz chain below a limit.
local function longest(limit)
    local best, start = 0, 0
    for first = 1, limit - 1 do
        local n, length = first, 1
        while n ~= 1 do
            if n % 2 == 0 then n = n // 2 else n = 3 * n + 1 end
            length = length + 1
        end
        if length > best then best, start = length, first end
    end
    return start, best
end

local start, length = longest(60000)
print(start .. " " .. length)
