"""Editing at the prompt, as it looks in a terminal emulator."""

import re

import pytest

from built_prompt import executable
from terminal import Terminal

@pytest.fixture
def terminal(environment, tmp_path):
    opened = []

    def call(columns=80, rows=24, command=None, first="1>", **extra):
        made = Terminal(environment | extra, tmp_path, columns, rows, command=command)
        opened.append(made)
        made.wait_for(first)
        return made

    yield call
    for made in opened:
        made.close()


def styles(line):
    """The styles of a line's words: {"let": "35"}, the last of each word."""
    found, style = {}, ""
    for escape, text in re.findall(r"\x1b\[([0-9;]*)m|([^\x1b]+)", line):
        if text:
            found.update({word: style for word in text.split()})
        else:
            style = escape
    return found


def test_source_has_colours_while_it_is_typed(terminal):
    person = terminal()
    person.type('let x: Int = f("a", 12) // note')
    person.wait_for('1> let x: Int = f("a", 12) // note')
    found = styles(person.screen(colors=True)[-1])
    assert found["1>"] == "36"
    assert found["let"] == "35"
    assert found["Int"] == "34"
    assert found['"a"'] == "32"
    assert found["12"] == "33"
    assert found["note"] == "90"
    assert found["x:"] in ("", "39", "0")
    # A word that becomes another loses its colour.
    person.press("C-a", "M-f")
    person.type("ter")
    person.wait_for('1> letter x: Int = f("a", 12) // note')
    assert styles(person.screen(colors=True)[-1])["letter"] in ("", "39", "0")


def test_without_colours_the_text_is_the_same(terminal):
    person = terminal(NO_COLOR="1")
    person.type("let x = [1")
    person.wait_for("1> let x = [1")
    assert "\x1b" not in "".join(person.screen(colors=True))


def test_brackets_that_belong_together_stand_out(terminal):
    person = terminal()
    person.type("f(a[1])")
    person.wait_for("1> f(a[1])")
    line = person.screen(colors=True)[-1]
    assert re.findall(r"\x1b\[1;4m\x1b\[36m(.)", line) == ["(", ")"]
    person.press("C-b")
    person.wait(lambda _: re.findall(
        r"\x1b\[1;4m\x1b\[36m(.)", person.screen(colors=True)[-1]) == ["[", "]"])
    person.press("C-e")
    person.type(")")
    person.wait_for("1> f(a[1]))")
    assert re.search(r"\x1b\[31m\)", person.screen(colors=True)[-1])


def test_a_block_is_indented_and_edited_as_a_whole(terminal):
    person = terminal()
    person.type("func f(_ n: Int) -> Int {")
    person.press("Enter")
    person.wait_for("1> func f(_ n: Int) -> Int {", ".>")
    assert person.cursor()[0] == 7
    person.type("if n > 2 {")
    person.press("Enter")
    person.wait_for(".>     if n > 2 {", ".>")
    assert person.cursor()[0] == 11
    person.type("return 1")
    person.press("Enter")
    person.type("}")
    person.wait_for(".>         return 1", ".>     }")
    person.press("Enter")
    person.type("return 2")
    # Up to the condition, to change it, and down again.
    person.press("Up", "Up", "Up", "C-e", "Left", "Left", "BSpace")
    person.type("5")
    person.wait_for(
        "1> func f(_ n: Int) -> Int {", ".>     if n > 5 {", ".>         return 1", ".>     }",
        ".>     return 2")
    person.press("Down", "Down", "Down", "C-e", "Enter")
    person.type("}")
    person.press("Enter")
    person.wait_for(".> }", "2>")
    person.type("f(4) * 10 + f(6)")
    person.press("Enter")
    person.wait_for("21", "3>")


def test_return_in_the_middle_of_a_block_breaks_the_line(terminal):
    person = terminal()
    person.type("let a = [")
    person.press("Enter")
    person.type("1, 2]")
    person.press("Up", "C-e", "Enter")
    person.wait_for("1> let a = [", ".>", ".>     1, 2]")
    person.press("M-Enter")
    person.wait_for("1> let a = [", ".>", ".>", ".>     1, 2]")
    person.press("Down", "Enter")
    person.wait_for("2>")
    person.type("a")
    person.press("Enter")
    person.wait_for("[1, 2]", "3>")


def test_backspace_takes_a_step_of_indentation(terminal):
    person = terminal()
    person.type("if true {")
    person.press("Enter")
    person.wait_for("1> if true {", ".>")
    assert person.cursor()[0] == 7
    person.press("BSpace")
    person.wait(lambda _: person.cursor()[0] == 3)
    person.press("Tab", "Tab")
    person.wait(lambda _: person.cursor()[0] == 11)
    person.type("}")
    person.wait_for(".>     }")


def test_keys_of_a_line_work_within_a_block(terminal):
    person = terminal()
    person.paste("let a = [\n    10,\n    20]")
    person.wait_for("1> let a = [", ".>     10,", ".>     20]")
    person.press("Up", "C-a")
    person.wait(lambda _: person.cursor()[0] == 3)
    person.press("C-k")
    person.wait_for("1> let a = [", ".>", ".>     20]")
    person.press("C-y", "C-e")
    person.type(" 15,")
    person.wait_for("1> let a = [", ".>     10, 15,", ".>     20]")
    person.press("C-u")
    person.wait_for("1> let a = [", ".>", ".>     20]")
    person.press("C-_")
    person.wait_for("1> let a = [", ".>     10, 15,", ".>     20]")
    person.press("Enter")
    person.wait_for("1> let a = [", ".>     10, 15,", ".>", ".>     20]")
    person.press("Down", "Enter")
    person.type("a.count")
    person.press("Enter")
    person.wait_for("3", "3>")


def test_a_pasted_program_stays_as_it_is(terminal):
    person = terminal(rows=40)
    source = "\n".join(
        ["func g(_ n: Int) -> Int {", "  var s = 0", "  for i in 0..<n {", "\ts += i", "  }", "",
         "  return s", "}", "g(10)"])
    person.paste(source)
    person.wait_for(
        "1> func g(_ n: Int) -> Int {", ".>   var s = 0", ".>   for i in 0..<n {", ".>     s += i",
        ".>   }", ".>", ".>   return s", ".> }", ".> g(10)")
    person.press("Enter")
    person.wait_for(".> g(10)", "45", "2>")
    person.press("Up")
    person.wait_for("2> func g(_ n: Int) -> Int {", ".>   var s = 0", ".>   for i in 0..<n {",
                    ".>     s += i", ".>   }", ".>", ".>   return s", ".> }", ".> g(10)")


def test_a_block_higher_than_the_screen_is_shown_around_the_cursor(terminal):
    person = terminal(rows=10)
    person.paste("\n".join(["var t = 0"] + [f"t += {n}" for n in range(1, 41)] + ["t"]))
    person.wait(lambda lines: lines[-2:] == [".> t += 40", ".> t"] and len(lines) == 10)
    person.press(*["Up"] * 41)
    person.wait(lambda lines: lines[0] == "1> var t = 0" and len(lines) == 10)
    person.press(*["Down"] * 41)
    person.press("Enter")
    person.wait_for("820", "2>")


def test_a_long_line_is_wrapped_and_edited(terminal):
    person = terminal(columns=30)
    person.type("let text = \"" + "abcdefghij" * 5 + "\"")
    person.wait_for('1> let text = "abcdefghijabcd', "efghijabcdefghijabcdefghijabc", 'defghij"')
    person.press("C-a", "M-d", "M-d")
    person.wait_for('1>  = "abcdefghijabcdefghijab', "cdefghijabcdefghijabcdefghij\"")
    assert person.cursor()[0] == 3
    person.type("var text")
    person.press("Enter")
    person.wait_for("2>")
    person.type("text.count")
    person.press("Enter")
    person.wait_for("50", "3>")


@pytest.mark.parametrize("sizes", [[(40, 20), (100, 30)], [(25, 12), (24, 12), (120, 40)]])
def test_the_text_survives_another_size(terminal, sizes):
    person = terminal(columns=70, rows=24)
    person.type("1 + 1")
    person.press("Enter")
    person.wait_for("2", "2>")
    person.type("let text = \"" + "".join(f"{n:03}-" for n in range(20)) + "\"")
    person.wait(lambda lines: "019-\"" in "".join(lines))
    for columns, rows in sizes:
        person.resize(columns, rows)
        wanted = "2> let text = \"" + "".join(f"{n:03}-" for n in range(20)) + "\""
        step = columns - 1
        rows_wanted = [wanted[start:start + step] for start in range(0, len(wanted), step)]
        person.wait(lambda lines: lines[-len(rows_wanted):] == rows_wanted)
        # What the terminal has moved out of the screen meanwhile is out of reach.
        shown = person.screen()
        assert sum("let text" in line for line in shown) == 1, shown
        assert "2" in person.all_lines()
    person.press("Enter")
    person.wait_for("3>")
    person.type("text.count")
    person.press("Enter")
    person.wait_for("80", "4>")


def test_completion_shows_declarations_and_goes_through_them(terminal):
    person = terminal()
    person.type("let candidateOne = 1, candidateTwo = \"two\"")
    person.press("Enter")
    person.wait_for("2>")
    person.type("candid")
    person.press("Tab")
    person.wait(lambda lines: lines[-3] == "2> candidate" and {
        lines[-2].strip(), lines[-1].strip()} == {
            "let candidateOne: Int", "let candidateTwo: String"})
    assert person.cursor()[0] == 12
    person.press("Tab")
    person.wait(lambda lines: lines[-3].startswith("2> candidateT") or lines[-3].startswith(
        "2> candidateO"))
    first = person.screen()[-3]
    person.press("Tab")
    person.wait(lambda lines: lines[-3].startswith("2> candidate") and lines[-3] != first)
    person.press("BTab")
    person.wait(lambda lines: lines[-3] == first)
    # Any other key takes the list away.
    person.type(" ")
    person.wait_for(first)
    person.press("C-u")
    person.type("candidateO")
    person.press("Tab", "Enter")
    person.wait_for("1", "3>")


def test_completion_tells_what_a_call_takes(terminal):
    person = terminal(columns=100)
    person.type("func mix(_ a: Int, with b: Double) -> Double { Double(a) * b }")
    person.press("Enter")
    person.wait_for("2>")
    person.type("mix(3, ")
    person.press("Tab")
    lines = person.wait(lambda lines: any("mix(_ a: Int" in line for line in lines[-14:]
                                          if not line.startswith("1>")))
    assert any(line.strip().startswith("with") for line in lines), lines
    person.type("wi")
    person.press("Tab", "Tab")
    person.wait(lambda lines: any(line.startswith("2> mix(3, with:") for line in lines))
    person.type(" 0.5)")
    person.press("Enter")
    person.wait_for("1.5", "3>")


def test_a_long_list_is_cut_and_can_be_gone_through(terminal):
    person = terminal(rows=20)
    person.type("Tensor.eye(3).")
    person.press("Tab")
    lines = person.wait(lambda lines: re.search(r"\d+ of \d+$", lines[-1]))
    assert len(lines) <= 20
    assert sum(line.startswith("1> Tensor.eye(3).") for line in lines) == 1
    person.press(*["Tab"] * 15)
    person.wait(lambda shown: re.search(r"\d+ of \d+$", shown[-1]) and shown[-1] != lines[-1])
    person.press("C-c")
    person.wait(lambda lines: lines[-1] == "1>" and lines[-2].endswith("^C"))


def test_history_goes_on_with_what_was_typed(terminal):
    person = terminal()
    for source in ("let alpha = 1", "print(\"between\")", "let beta = 2"):
        person.type(source)
        person.press("Enter")
        person.wait(lambda lines: re.fullmatch(r"\d+>", lines[-1]))
    person.wait_for("4>")
    person.type("let")
    person.press("Up")
    person.wait_for("4> let beta = 2")
    person.press("Up")
    person.wait_for("4> let alpha = 1")
    person.press("Down")
    person.wait_for("4> let beta = 2")
    person.press("C-u", "Up", "Up")
    person.wait_for("4> print(\"between\")")
    person.press("C-c")
    person.wait_for("4>")


def test_reverse_search_shows_where_it_is(terminal):
    person = terminal()
    person.paste("let needle = [\n    1]")
    person.press("Enter")
    person.wait_for("2>")
    person.press("C-r")
    person.type("eedl")
    person.wait_for("(reverse-i-search)`eedl': let needle = [", ".>     1]")
    person.press("Right")
    person.wait_for("2> let needle = [", ".>     1]")


def test_ctrl_l_leaves_the_line_at_the_top(terminal):
    person = terminal()
    person.type("print(1)")
    person.press("Enter")
    person.wait_for("1", "2>")
    person.type("let x = 1")
    person.press("C-l")
    person.wait(lambda lines: lines == ["2> let x = 1"])


def test_an_interrupt_in_a_list_and_a_block_begins_anew(terminal):
    person = terminal()
    person.type("if true {")
    person.press("Enter")
    person.type("abs")
    person.press("Tab", "C-c")
    person.wait(lambda lines: lines[-1] == "1>" and lines[-2].startswith(".>     abs")
                and lines[-2].endswith("^C"))
    person.type("1 + 1")
    person.press("Enter")
    person.wait_for("2", "2>")


def test_keys_typed_while_a_cell_runs_are_not_lost(terminal):
    person = terminal()
    person.type("var n = 0; for i in 0..<3_000_000 { n += i % 3 }; print(\"done\")")
    person.press("Enter")
    person.type("n > 0")
    person.press("Enter")
    person.wait_for("true", "3>")


def test_it_can_be_suspended_and_resumed(terminal):
    person = terminal(command=["bash", "--norc"], first="$", PS1="$ ")
    person.type(executable())
    person.press("Enter")
    person.wait_for("1>")
    person.type("20 +")
    person.press("C-z")
    person.wait(lambda lines: lines[-1] == "$" and "Stopped" in lines[-2])
    person.type("fg")
    person.press("Enter")
    person.wait_for("1> 20 +")
    person.type(" 1")
    person.wait_for("1> 20 + 1")
    person.press("Enter")
    person.wait_for("1> 20 + 1", "21", "2>")
    person.type(":quit")
    person.press("Enter")
    person.wait_for("2> :quit", "$")


def test_vi_keys_are_there_for_those_who_ask(terminal, tmp_path):
    (tmp_path / "inputrc").write_text("set editing-mode vi\n")
    person = terminal(INPUTRC=str(tmp_path / "inputrc"))
    person.type("let a = [")
    person.press("Enter")
    person.type("1]")
    person.press("Escape")
    person.type("0x")
    person.wait_for("1> let a = [", ".>    1]")
    person.press("Enter")
    person.wait_for("2>")


def test_the_persons_own_keys_stay(terminal, tmp_path):
    (tmp_path / "inputrc").write_text('"\\C-k": "own"\n')
    person = terminal(INPUTRC=str(tmp_path / "inputrc"))
    person.press("C-k")
    person.wait_for("1> own")


def test_progress_is_one_line_at_every_size(terminal):
    person = terminal(columns=110, rows=30)
    person.paste(
        "let data = try FashionMNIST()\n"
        "let model = Sequential { Flatten(); Linear(784, 10) }\n"
        "for epoch in 1...12 { _ = try fit(model, train: data.train, epochs: 1, batchSize: 16) }")
    person.press("Enter")
    line = re.compile(r"Epoch 1/1 [━─]+ +[0-9]+% [0-9]+/60000 images · [0-9]+/s")
    person.wait(lambda lines: line.match(lines[-1]))
    person.resize(50, 30)
    person.wait(lambda lines: re.match("Epoch 1/1 [━─]+ +[0-9]+%", lines[-1])
                and len(lines[-1]) < 50)
    person.wait(lambda lines: lines[-1] == "2>", 60)
    everything = person.all_lines()
    assert not any("━" in shown for shown in everything), everything
    assert sum(shown.startswith("Epoch 1/1 60000/60000") for shown in everything) == 12
