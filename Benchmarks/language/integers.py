# The longest Collatz chain below a limit.
def longest(limit):
    best = 0
    start = 0
    for first in range(1, limit):
        n = first
        length = 1
        while n != 1:
            if n % 2 == 0:
                n //= 2
            else:
                n = 3 * n + 1
            length += 1
        if length > best:
            best = length
            start = first
    return (start, best)


start, length = longest(60_000)
print(start, length)
