"""The prompt as a person at a terminal meets it."""

import os
import time

import pexpect


def test_values_names_and_numbers(prompt):
    person = prompt()
    assert ":help" in person.ready(1)
    person.enter("let x = 20")
    person.ready(2)
    person.enter("x + 1")
    assert "21" in person.ready(3)
    person.enter("print(\"hello\")")
    assert "\nhello" in person.ready(4)
    assert person.leave() == 0


def test_a_function_takes_as_many_lines_as_it_needs(prompt):
    person = prompt()
    person.ready(1)
    person.enter("func twice(_ n: Int) -> Int {")
    person.child.expect(r"\.> ")
    person.child.expect("    ")
    person.enter("n * 2")
    person.child.expect(r"\.> ")
    person.enter("}")
    person.ready(2)
    person.enter("twice(21)")
    assert "42" in person.ready(3)


def test_an_error_leaves_the_names(prompt):
    person = prompt()
    person.ready(1)
    person.enter("let kept = 9")
    person.ready(2)
    person.enter("kept + nope")
    text = person.ready(3)
    assert "NameError" in text and "In [2], line 1" in text
    person.enter("kept")
    assert "9" in person.ready(4)


def test_tab_completes_a_name(prompt):
    person = prompt()
    person.ready(1)
    person.enter("let wonderful = 40")
    person.ready(2)
    person.type("wonde\t")
    person.child.expect("wonderful")
    person.enter(" + 2")
    assert "42" in person.ready(3)


def test_tab_lists_several_names(prompt):
    person = prompt()
    person.ready(1)
    person.enter("let candidateOne = 1, candidateTwo = 2")
    person.ready(2)
    person.type("candid\t")
    person.child.expect("candidateOne")
    person.child.expect("candidateTwo")
    person.interrupt()
    person.ready(2)


def test_tab_indents_at_the_beginning_of_a_line(prompt):
    person = prompt()
    person.ready(1)
    person.type("\t1 + 1")
    person.enter("")
    assert "2" in person.ready(2)


def test_ctrl_c_drops_the_line(prompt):
    person = prompt()
    person.ready(1)
    person.type("let nonsense = ")
    person.interrupt()
    person.child.expect(r"\^C")
    person.ready(1)
    person.enter("func f() {")
    person.child.expect(r"\.> ")
    person.interrupt()
    person.ready(1)
    person.enter("1 + 1")
    assert "2" in person.ready(2)


def test_ctrl_c_stops_a_loop_and_keeps_the_names(prompt):
    person = prompt()
    person.ready(1)
    person.enter("var n = 5")
    person.ready(2)
    person.enter("while true { n += 1 }")
    time.sleep(0.5)
    before = time.monotonic()
    person.interrupt()
    assert "Interrupted" in person.ready(3)
    assert time.monotonic() - before < 1
    person.enter("n > 5")
    assert "true" in person.ready(4)


def test_ctrl_c_twice_at_the_prompt_does_not_leave(prompt):
    person = prompt()
    person.ready(1)
    for _ in range(3):
        person.interrupt()
        person.ready(1)
    assert person.leave() == 0


def test_ctrl_d_leaves_and_so_do_words(prompt):
    person = prompt()
    person.ready(1)
    assert person.leave() == 0
    for word in ("exit", ":quit", "quit()"):
        person = prompt()
        person.ready(1)
        person.enter(word)
        person.child.expect(pexpect.EOF)
        person.child.close()
        assert person.child.exitstatus == 0


def test_ctrl_d_in_the_middle_of_a_block_drops_it(prompt):
    person = prompt()
    person.ready(1)
    person.enter("func f() {")
    person.child.expect(r"\.> ")
    person.type("\x15\x04")
    person.ready(1)
    assert person.leave() == 0


def test_history_comes_back_in_the_next_session(prompt):
    person = prompt()
    person.ready(1)
    person.enter("let remembered = 77")
    person.ready(2)
    person.leave()
    person = prompt()
    person.ready(1)
    person.type("\x1b[A")
    person.child.expect("let remembered = 77")
    person.enter("")
    person.ready(2)
    person.enter("remembered")
    assert "77" in person.ready(3)


def test_two_prompts_at_once_keep_the_history_of_both(prompt):
    first, second = prompt(), prompt()
    first.ready(1)
    second.ready(1)
    for number in range(1, 6):
        first.enter(f"let first{number} = {number}")
        second.enter(f"let second{number} = {number}")
        first.ready(number + 1)
        second.ready(number + 1)
    first.leave()
    second.leave()
    third = prompt()
    third.ready(1)
    third.enter(":history 20")
    text = third.ready(2)
    for number in range(1, 6):
        assert f"let first{number} =" in text and f"let second{number} =" in text


def test_a_block_comes_back_whole(prompt):
    person = prompt()
    person.ready(1)
    person.enter("func f() -> Int {")
    person.child.expect(r"\.> ")
    person.enter("5")
    person.child.expect(r"\.> ")
    person.enter("}")
    person.ready(2)
    person.type("\x1b[A")
    person.enter("")
    person.ready(3)
    person.enter("f()")
    assert "5" in person.ready(4)


def test_reverse_search_finds_a_cell(prompt):
    person = prompt()
    person.ready(1)
    person.enter("print(\"needle\")")
    person.ready(2)
    person.enter("1")
    person.ready(3)
    person.type("\x12edle")
    person.child.expect("reverse-i-search")
    person.enter("")
    assert "\nneedle" in person.ready(4)


def test_a_pasted_block_runs_whole(prompt):
    person = prompt()
    person.ready(1)
    person.type("\x1b[200~var total = 0\rfor i in 1...4 {\r    total += i\r}\rtotal\x1b[201~")
    person.enter("")
    assert "10" in person.ready(2)


def test_wide_characters_are_edited_as_characters(prompt):
    person = prompt()
    person.ready(1)
    person.type("let s = \"é🦀x")
    person.type("\x7f\x7f")
    person.enter("\"")
    person.ready(2)
    person.enter("s.count")
    assert "\n1\n" in person.ready(3)


def test_help_commands_and_question_marks(prompt):
    person = prompt()
    person.ready(1)
    person.enter(":help")
    assert ":vars" in person.ready(2)
    person.enter("print?")
    assert "print(" in person.ready(3)
    person.enter(":tiem 1")
    assert "did you mean ':time'?" in person.ready(4)


def test_endless_recursion_is_an_error_and_the_prompt_lives(prompt):
    person = prompt()
    person.ready(1)
    person.enter("func f(_ n: Int) -> Int { f(n + 1) + 1 }")
    person.ready(2)
    person.enter("f(0)")
    assert "RecursionError" in person.ready(3)
    person.enter("1 + 1")
    assert "2" in person.ready(4)


def test_read_line_asks_the_person(prompt):
    person = prompt()
    person.ready(1)
    person.enter("let name = readLine()")
    time.sleep(0.3)
    person.child.send("Ada\n")
    person.ready(2)
    person.enter("name!")
    assert "Ada" in person.ready(3)
    person.enter("let other = readLine()")
    time.sleep(0.3)
    person.interrupt()
    assert "Interrupted" in person.ready(4)


def test_colours_only_where_they_are_wanted(prompt):
    person = prompt()
    person.ready(1)
    person.enter("nope")
    person.ready(2)
    assert "\x1b[31" not in person.child.before
    person = prompt(NO_COLOR="")
    person.child.expect("1> ")
    person.enter("nope")
    person.child.expect("NameError")
    assert "\x1b[31" in person.child.before
    person.child.expect("2> ")


def test_history_that_cannot_be_kept_is_told_once(prompt):
    person = prompt(XDG_STATE_HOME="/proc/nowhere")
    assert "history is not kept" in person.ready(1)
    person.enter("1")
    assert "history" not in person.ready(2)


def test_the_prompt_is_there_at_once(prompt):
    prompt().ready(1)
    before = time.monotonic()
    prompt().ready(1)
    assert time.monotonic() - before < 0.5


def test_a_plain_terminal_takes_lines_as_they_come(prompt):
    person = prompt(TERM="dumb")
    person.ready(1)
    person.enter("func f() -> Int {")
    person.child.expect(r"\.> ")
    person.enter("  6 * 7")
    person.child.expect(r"\.> ")
    person.enter("}")
    person.ready(2)
    person.enter("f()")
    text = person.ready(3)
    assert "42" in text
    person.child.send("let x = ")
    time.sleep(0.2)
    person.interrupt()
    person.ready(3)
    assert person.leave() == 0


def test_earlier_results_have_names(prompt):
    person = prompt()
    person.ready(1)
    person.enter("20 + 1")
    person.ready(2)
    person.enter("_ * 2")
    assert "\n42\n" in person.ready(3)
    person.enter("_1 + _2")
    assert "\n63\n" in person.ready(4)
    person.enter("Tensor([1, 2]);")
    assert "1.0" not in person.ready(5)
    person.enter("_ + 1")
    assert "\n64\n" in person.ready(6)


def test_the_init_file_runs_first(prompt, tmp_path):
    folder = tmp_path / "config" / "swift-vision"
    folder.mkdir(parents=True)
    (folder / "init.swift").write_text("let greeting = \"hello\"\nprint(greeting)\n5\n")
    person = prompt(XDG_CONFIG_HOME=str(tmp_path / "config"))
    text = person.ready(1)
    assert "\nhello" in text and "5" not in text.split("hello")[1]
    person.enter("greeting.count")
    assert "\n5\n" in person.ready(2)
    (folder / "init.swift").write_text("let kept = 1\nlet y = nope\n")
    person = prompt(XDG_CONFIG_HOME=str(tmp_path / "config"))
    text = person.ready(1)
    assert "NameError" in text and "init.swift, line 2" in text
    person.enter("1 + 1")
    assert "2" in person.ready(2)


def test_a_long_page_goes_to_the_pager(prompt, tmp_path):
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho begin-of-page\ncat > page.txt\n")
    pager.chmod(0o755)
    person = prompt(PAGER=str(pager), LINES="", COLUMNS="")
    person.ready(1)
    person.enter("1?")
    person.ready(2)
    person.child.setwinsize(8, 100)
    person.enter(":help")
    assert "begin-of-page" in person.ready(3)
    assert ":history" in (tmp_path / "page.txt").read_text()
    person.enter(":help :time")
    assert "begin-of-page" not in person.ready(4)
    person = prompt(PAGER="no-such-pager")
    person.ready(1)
    person.child.setwinsize(8, 100)
    person.enter(":help")
    assert ":vars" in person.ready(2)


def test_shapes_and_documentation(prompt):
    person = prompt()
    person.ready(1)
    person.enter(":shape Tensor.zeros([2, 3])")
    assert "\n[2, 3] float32\n" in person.ready(2)
    person.enter(":shape Linear(4, 2)")
    text = person.ready(3)
    assert "weight  [2, 4] float32" in text and "bias    [2] float32" in text
    person.enter(":doc conv2d")
    text = person.ready(4)
    assert "conv2d(" in text and "Example:" in text


def test_bytes_that_are_no_text_do_no_harm(prompt):
    person = prompt()
    person.ready(1)
    raw = person.child.child_fd
    os.write(raw, b"\xff\xfe\xe9 caf\xc3 \t\x1b[D\x1b[D\x7f\x01\x0b\x15")
    os.write(raw, b"\x16\x00\x16\x01\x1b[A\x1b[B{\r\xe9\xa9\x1b[A\x1b[B\t\t\x15\x15")
    time.sleep(0.5)
    person.interrupt()
    time.sleep(0.2)
    person.enter("6 * 7")
    assert "42" in person.ready(2)
