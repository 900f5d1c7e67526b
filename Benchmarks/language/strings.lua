-- Builds texts piece by piece, by concatenation and by joining; goes through their characters.
-- Lua's strings are joined from a table, as `..` in a loop copies the whole text each time.
local function build(count)
    local text = {}
    for i = 0, count - 1 do
        text[#text + 1] = "item " .. i .. ": "
        if i % 3 == 0 then text[#text + 1] = "yes" else text[#text + 1] = "no" end
        text[#text + 1] = "\n"
    end
    return table.concat(text)
end

local function lines(count)
    local pieces = {}
    for i = 0, count - 1 do pieces[#pieces + 1] = "<" .. i * i .. ">" end
    return table.concat(pieces, ",")
end

local function vowels(text)
    local count = 0
    for character in text:gmatch(".") do
        if character == "e" or character == "i" then count = count + 1 end
    end
    return count
end

local text = build(120000)
local list = lines(150000)
print(#text .. " " .. #list .. " " .. vowels(text))
local count = 0
for _ in list:gmatch("[^,]+") do count = count + 1 end
print(count)
