-- Fills an array, changes it in place, sums it by index and by element.
local function run(count, rounds)
    local total = 0
    for round = 0, rounds - 1 do
        local values = {}
        for i = 0, count - 1 do values[#values + 1] = i * 3 + round end
        for i = 1, #values do values[i] = values[i] + (i - 1) % 7 end
        local sum = 0
        for i = 1, #values do sum = sum + values[i] end
        for _, value in ipairs(values) do sum = sum - value // 2 end
        total = total + sum + values[count]
    end
    return total
end

print(run(100000, 10))
