# map, filter, reduce and sorted with closures; closures that capture a variable.
from functools import cmp_to_key, reduce


def pipeline(count):
    squares = list(map(lambda x: x * x % 1_000, range(count)))
    even = list(filter(lambda x: x % 2 == 0, squares))
    return reduce(lambda a, b: a + b, even, 0)


def counter(step):
    value = 0

    def next():
        nonlocal value
        value += step
        return value
    return next


def compose(f, g):
    return lambda x: g(f(x))


total = 0
for _ in range(5):
    total += pipeline(100_000)
next = counter(3)
for _ in range(200_000):
    total += next()
both = compose(lambda x: x + 1, lambda x: x * 2)
for i in range(200_000):
    total += both(i)
names = list(map(lambda x: (x * 7_919) % 10_007, range(20_000)))
ordered = sorted(names, key=cmp_to_key(lambda a, b: b - a))
print(total, ordered[0], ordered[100])
