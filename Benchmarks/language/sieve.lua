-- The sieve of Eratosthenes.
local function primes(limit)
    local is_prime = {}
    for i = 0, limit - 1 do is_prime[i] = true end
    is_prime[0] = false
    is_prime[1] = false
    local candidate = 2
    while candidate * candidate < limit do
        if is_prime[candidate] then
            for multiple = candidate * candidate, limit - 1, candidate do
                is_prime[multiple] = false
            end
        end
        candidate = candidate + 1
    end
    local count = 0
    for i = 0, limit - 1 do
        if is_prime[i] then count = count + 1 end
    end
    return count
end

print(primes(2000000))
