# Counts numbers and words.
def numbers(count):
    counts = {}
    state = 42
    for _ in range(count):
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
        key = state % 1_000
        counts[key] = counts.get(key, 0) + 1
    most = 0
    for _, count in counts.items():
        if count > most:
            most = count
    return most


def words(text, rounds):
    words = text.split(" ")
    counts = {}
    for _ in range(rounds):
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return counts


counts = words("the quick brown fox jumps over the lazy dog and the quick cat", 30_000)
print(numbers(500_000))
for key in sorted(counts):
    print(key, counts[key])
