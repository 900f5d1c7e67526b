"""Code from arguments, files and pipes: what is written where, and the exit status."""

import os
import signal
import subprocess
import time

from built_prompt import executable

ESCAPE = "\x1b"


def test_dash_e_shows_the_last_value(run):
    done = run("-e", "let x = 6\nx * 7")
    assert (done.returncode, done.stdout, done.stderr) == (0, "42\n", "")


def test_a_semicolon_silences_it(run):
    done = run("-e", "6 * 7;")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_error_goes_to_stderr_without_colour(run):
    done = run("-e", "print(1)\nnope")
    assert done.returncode == 1
    assert "NameError" in done.stderr and "-e, line 2" in done.stderr
    assert ESCAPE not in done.stderr + done.stdout
    assert "NameError" not in done.stdout


def test_a_file_prints_only_what_it_prints(run, tmp_path):
    script = tmp_path / "script.swift"
    script.write_text("#!/usr/bin/env visionrepl\nlet x = 2\nprint(\"x is \\(x)\")\nx + 1\n")
    done = run(str(script))
    assert (done.returncode, done.stdout, done.stderr) == (0, "x is 2\n", "")


def test_an_error_in_a_file_names_file_and_line(run, tmp_path):
    (tmp_path / "bad.swift").write_text("let x = 2\n\nlet y = x + nope\n")
    done = run("bad.swift")
    assert done.returncode == 1
    assert "bad.swift, line 3" in done.stderr
    assert done.stdout == ""


def test_a_script_gets_its_arguments(run, tmp_path):
    (tmp_path / "args.swift").write_text("for a in CommandLine.arguments { print(a) }\n")
    done = run("args.swift", "one", "--two", "-e", "3")
    assert (done.returncode, done.stdout) == (0, "args.swift\none\n--two\n-e\n3\n"), done.stderr


def test_a_missing_file_is_2(run):
    done = run("missing.swift")
    assert done.returncode == 2
    assert done.stderr == "visionrepl: read missing.swift: No such file or directory\n"


def test_a_folder_and_bytes_that_are_no_text_are_2(run, tmp_path):
    (tmp_path / "data.swift").write_bytes(b"\xff\xfe\x00")
    assert run(".").returncode == 2
    assert run("data.swift").returncode == 2


def test_wrong_arguments_are_2(run):
    for arguments in (["--bogus"], ["-e"], ["-e", "1", "file.swift"]):
        done = run(*arguments)
        assert done.returncode == 2, arguments
        assert "Usage" in done.stderr and done.stdout == ""


def test_help_is_written_to_stdout(run):
    done = run("--help")
    assert done.returncode == 0
    assert "USAGE: visionrepl" in done.stdout and done.stderr == ""


def test_a_pipe_is_a_script(run):
    done = run(stdin="let x = 2\nfunc f(_ n: Int) -> Int {\n    n * x\n}\n\nprint(f(21))\nf(1)\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "42\n", "")


def test_an_error_in_a_pipe_names_the_line(run):
    done = run(stdin="let x = 2\n\nnope\n")
    assert done.returncode == 1
    assert "standard input, line 3" in done.stderr


def test_no_input_is_no_error(run):
    done = run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_commands_work_in_an_argument(run):
    assert ":vars" in run("-e", ":help").stdout
    assert "print(" in run("-e", "?print").stdout


def test_a_reader_that_leaves_ends_the_script(environment, tmp_path):
    (tmp_path / "endless.swift").write_text("while true { print(\"line\") }\n")
    script = subprocess.Popen(
        [executable(), "endless.swift"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd=tmp_path, env=environment)
    assert script.stdout.readline() == b"line\n"
    script.stdout.close()
    assert script.wait(timeout=20) == -signal.SIGPIPE
    script.stderr.close()


def test_ctrl_c_ends_a_script_with_130(environment, tmp_path):
    (tmp_path / "endless.swift").write_text("print(\"begun\")\nwhile true {}\n")
    script = subprocess.Popen(
        [executable(), "endless.swift"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd=tmp_path, env=environment)
    assert script.stdout.readline() == b"begun\n"
    before = time.monotonic()
    os.kill(script.pid, signal.SIGINT)
    _, error = script.communicate(timeout=20)
    assert script.returncode == 130
    assert b"Interrupted" in error
    assert time.monotonic() - before < 1


def test_endless_recursion_is_an_error(run):
    done = run("-e", "func f(_ n: Int) -> Int { f(n + 1) + 1 }\nf(0)")
    assert done.returncode == 1
    assert "RecursionError" in done.stderr


def test_a_script_leaves_no_history(run, tmp_path):
    run("-e", "1")
    assert not (tmp_path / "state").exists()
