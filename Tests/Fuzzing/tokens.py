"""Writes what libFuzzer starts from: a folder of seeds and a dictionary of the language's words.

    python3 Tests/Fuzzing/tokens.py FOLDER DICTIONARY

The seeds are the programs of the script tests and earlier findings; the words are those that occur
in more than one of them.
"""

import collections
import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARKS = ["\\(", '"""', '#"', "->", "...", "..<", "??", "?.", "&+", "&&", "||", "$0", "inout", "0x"]


def programs():
    for path in sorted(ROOT.glob("Tests/LanguageTests/Scripts/**/*.swift")):
        yield from path.read_text().split("// ---\n")
    for path in sorted((ROOT / "Tests/Fuzzing/Findings").iterdir()):
        yield path.read_bytes().decode(errors="replace")


def main(folder, dictionary):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    words = collections.Counter()
    for program in programs():
        program = re.sub(r" *//.*", "", program)
        name = hashlib.sha1(program.encode()).hexdigest()
        (folder / name).write_text(program)
        words.update(set(re.findall(r"[A-Za-z_]\w+", program)))
    common = [word for word, count in words.items() if count > 1]
    lines = ['"' + w.replace("\\", "\\\\").replace('"', '\\"') + '"' for w in common + MARKS]
    Path(dictionary).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
