"""Pictures at the prompt, shown the way the terminal says it can."""

import base64
import re
import struct
import time
import zlib

import pytest

from terminal import Terminal

QUESTION_END = "\x1b[c"
SHOW = "Image(Tensor.linspace(0, 1, count: 3 * 64 * 48).reshaped(3, 48, 64))"


def answer(person, text):
    """Waits for the question to the terminal and answers it."""
    person.child.expect(re.escape(QUESTION_END))
    person.child.send(text)


def png_size(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    pieces, offset = b"", 8
    while offset < len(data):
        length, kind = struct.unpack(">I4s", data[offset:offset + 8])
        if kind == b"IDAT":
            pieces += data[offset + 8:offset + 8 + length]
        offset += 12 + length
    zlib.decompress(pieces)
    return struct.unpack(">II", data[16:24])


def colored(prompt, **extra):
    return prompt(NO_COLOR="", COLORTERM="truecolor", **extra)


def test_kitty_gets_a_png(prompt):
    person = colored(prompt)
    person.child.expect("1> ")
    person.enter(SHOW)
    answer(person, "\x1b_Gi=31;OK\x1b\\\x1b[6;16;8t\x1b[?62;4c")
    person.child.expect("2> ")
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", person.child.before)
    assert pieces[0][0].startswith("a=T,f=100,q=2,C=1")
    data = base64.b64decode("".join(piece for _, piece in pieces))
    width, height = png_size(data)
    assert (width / height) == pytest.approx(64 / 48, rel=0.02)
    assert "Image" in person.child.before
    # The terminal is asked once.
    person.enter(SHOW)
    person.child.expect("3> ")
    assert QUESTION_END not in person.child.before and "\x1b_Ga=T" in person.child.before


def test_iterm_gets_the_file(prompt):
    person = colored(prompt)
    person.child.expect("1> ")
    person.enter(SHOW)
    answer(person, "\x1bP>|iTerm2 3.5.0\x1b\\\x1b[?62;4c")
    person.child.expect("2> ")
    found = re.search(r"\x1b\]1337;File=inline=1;size=(\d+);[^:]*:([^\x07]*)\x07",
                      person.child.before)
    data = base64.b64decode(found.group(2))
    assert len(data) == int(found.group(1))
    png_size(data)


def test_a_sixel_terminal_gets_sixels(prompt):
    person = colored(prompt)
    person.child.expect("1> ")
    person.enter(SHOW)
    answer(person, "\x1b[?62;4;22c")
    person.child.expect("2> ")
    found = re.search(r"\x1bP0;1;0q\"1;1;(\d+);(\d+)(.*)\x1b\\", person.child.before, re.S)
    assert int(found.group(1)) / int(found.group(2)) == pytest.approx(64 / 48, rel=0.02)


def test_every_other_terminal_gets_half_blocks(prompt):
    person = colored(prompt)
    person.child.expect("1> ")
    person.enter(SHOW)
    answer(person, "\x1b[?1;2c")
    person.child.expect("2> ")
    assert "▀" in person.child.before
    assert "\x1b_G" not in person.child.before.split("▀")[0].split(QUESTION_END)[-1]


def test_a_terminal_that_says_nothing_is_waited_for_once(prompt):
    person = colored(prompt)
    person.child.expect("1> ")
    before = time.monotonic()
    person.enter(SHOW)
    person.child.expect("2> ")
    assert "▀" in person.child.before
    assert time.monotonic() - before < 5
    person.enter(SHOW)
    person.child.expect("3> ")
    assert QUESTION_END not in person.child.before


def test_keys_pressed_with_the_answer_reach_the_prompt(prompt):
    person = colored(prompt)
    person.child.expect("1> ")
    person.enter(SHOW)
    answer(person, "6 *\x1b[?1;2c 7\r")
    person.child.expect("3> ")
    assert "42" in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", person.child.before)


def test_a_way_can_be_chosen(prompt):
    person = colored(prompt, VISION_PICTURES="sixel")
    person.child.expect("1> ")
    person.enter(SHOW)
    answer(person, "\x1b_Gi=31;OK\x1b\\\x1b[?1;2c")
    person.child.expect("2> ")
    assert "\x1bP0;1;0q" in person.child.before


def test_without_colours_a_picture_is_its_description(prompt):
    person = prompt()
    person.ready(1)
    person.enter(SHOW)
    person.child.expect("2> ")
    assert "▀" not in person.child.before and "\x1b_G" not in person.child.before
    assert "Image" in person.child.before


def test_a_chart_is_a_picture_or_coloured_characters(prompt):
    person = colored(prompt, VISION_PICTURES="kitty")
    person.child.expect("1> ")
    person.enter("Chart.line([1, 4, 9], title: \"Squares\")")
    answer(person, "\x1b[?1;2c")
    person.child.expect("2> ")
    pieces = re.findall(r"\x1b_G[^;]*;([^\x1b]*)\x1b\\", person.child.before)
    width, height = png_size(base64.b64decode("".join(pieces)))
    assert width > 200 and height > 100
    assert "Squares" in person.child.before
    person = colored(prompt, VISION_PICTURES="blocks")
    person.child.expect("1> ")
    person.enter("Chart.line([1, 4, 9])")
    answer(person, "\x1b[?1;2c")
    person.child.expect("2> ")
    assert re.search("\x1b\\[34m[\u2800-\u28ff ]+", person.child.before)


def test_in_tmux_a_picture_is_shown_and_the_prompt_follows_it(environment, tmp_path):
    terminal = Terminal(environment, tmp_path, 100, 40)
    try:
        terminal.wait_for("1>")
        terminal.type(SHOW)
        terminal.press("Enter")
        lines = terminal.wait(lambda lines: lines[-1] == "2>")
        assert sum("▀" in line for line in lines) > 8
        assert "Image" in lines[-2]
        terminal.type("1 + 1")
        terminal.press("Enter")
        terminal.wait_for("2> 1 + 1", "2", "3>")
    finally:
        terminal.close()
