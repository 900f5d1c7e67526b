-- Methods of a table, changing and not; tables inside tables.
local Vector = {}
Vector.__index = Vector

local function vector(x, y) return setmetatable({x = x, y = y}, Vector) end

function Vector:dot(other) return self.x * other.x + self.y * other.y end

function Vector:plus(other) return vector(self.x + other.x, self.y + other.y) end

function Vector:scale(factor)
    self.x = self.x * factor
    self.y = self.y * factor
end

local Account = {}
Account.__index = Account

local function account(balance)
    return setmetatable({balance = balance, entries = 0}, Account)
end

function Account:deposit(amount)
    self.balance = self.balance + amount
    self.entries = self.entries + 1
end

function Account:average()
    return self.entries == 0 and 0 or self.balance // self.entries
end

local function vectors(count)
    local position = vector(0.0, 1.0)
    local step = vector(0.5, 0.25)
    local sum = 0.0
    for i = 0, count - 1 do
        position = position:plus(step)
        sum = sum + position:dot(step)
        if i % 10 == 0 then position:scale(0.5) end
    end
    return sum
end

local function accounts(count)
    local accounts = {}
    for i = 0, 9 do accounts[i] = account(i) end
    local sum = 0
    for i = 0, count - 1 do
        accounts[i % 10]:deposit(i % 100)
        sum = sum + accounts[i % 10]:average()
    end
    return sum
end

print(string.format("%.17g", vectors(400000)))
print(accounts(400000))
