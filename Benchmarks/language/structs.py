# Methods of a class, changing and not; objects inside objects and lists.
class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    def plus(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def scale(self, factor):
        self.x *= factor
        self.y *= factor


class Account:
    __slots__ = ("balance", "entries")

    def __init__(self, balance):
        self.balance = balance
        self.entries = 0

    def deposit(self, amount):
        self.balance += amount
        self.entries += 1

    def average(self):
        return 0 if self.entries == 0 else self.balance // self.entries


def vectors(count):
    position = Vector(0.0, 1.0)
    step = Vector(0.5, 0.25)
    sum = 0.0
    for i in range(count):
        position = position.plus(step)
        sum += position.dot(step)
        if i % 10 == 0:
            position.scale(0.5)
    return sum


def accounts(count):
    accounts = [Account(i) for i in range(10)]
    sum = 0
    for i in range(count):
        accounts[i % 10].deposit(i % 100)
        sum += accounts[i % 10].average()
    return sum


print(vectors(400_000))
print(accounts(400_000))
