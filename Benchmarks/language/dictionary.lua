-- Counts numbers and words.
local function numbers(count)
    local counts = {}
    local state = 42
    for _ = 1, count do
        state = (state * 1103515245 + 12345) % 2147483648
        local key = state % 1000
        counts[key] = (counts[key] or 0) + 1
    end
    local most = 0
    for _, count in pairs(counts) do
        if count > most then most = count end
    end
    return most
end

local function words(text, rounds)
    local words = {}
    for word in text:gmatch("[^ ]+") do words[#words + 1] = word end
    local counts = {}
    for _ = 1, rounds do
        for _, word in ipairs(words) do counts[word] = (counts[word] or 0) + 1 end
    end
    return counts
end

local counts = words("the quick brown fox jumps over the lazy dog and the quick cat", 30000)
print(numbers(500000))
local keys = {}
for key in pairs(counts) do keys[#keys + 1] = key end
table.sort(keys)
for _, key in ipairs(keys) do print(key .. " " .. counts[key]) end
