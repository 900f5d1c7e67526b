# Fills an array, changes it in place, sums it by index and by element.
def run(count, rounds):
    total = 0
    for round in range(rounds):
        values = []
        for i in range(count):
            values.append(i * 3 + round)
        for i in range(len(values)):
            values[i] += i % 7
        sum = 0
        for i in range(len(values)):
            sum += values[i]
        for value in values:
            sum -= value // 2
        total += sum + values[count - 1]
    return total


print(run(100_000, 10))
