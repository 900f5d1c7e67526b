# Builds texts piece by piece, by interpolation and by joining; goes through their characters.
def build(count):
    text = ""
    for i in range(count):
        text += f"item {i}: "
        if i % 3 == 0:
            text += "yes"
        else:
            text += "no"
        text += "\n"
    return text


def lines(count):
    pieces = []
    for i in range(count):
        pieces.append(f"<{i * i}>")
    return ",".join(pieces)


def vowels(text):
    count = 0
    for character in text:
        if character == "e" or character == "i":
            count += 1
    return count


text = build(120_000)
list = lines(150_000)
print(len(text), len(list), vowels(text))
print(len(list.split(",")))
