"""visionkernel run: notebooks in processes of their own, in continuous integration and by hand."""

import os
import pty
import re
import select
import signal
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from built_kernel import BUILD

LOOP = 'print("started")\nvar n = 0\nwhile true {\n    n += 1\n}'


def command(*arguments):
    return [BUILD / "visionkernel", "run", *map(str, arguments)]


def run(*arguments, **options):
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=120, **options)


def write(path, *sources, tags=None):
    cells = [new_markdown_cell("# Title")]
    for index, source in enumerate(sources):
        cells.append(new_code_cell(source, metadata={"tags": (tags or {}).get(index, [])}))
    nbformat.write(new_notebook(cells=cells), path)
    return path


def read(path):
    return nbformat.read(path, as_version=4)


def texts(cell, name="stdout"):
    return "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == name)


@pytest.fixture
def start():
    """Starts a run that the test ends, or that ends with the test."""
    processes = []

    def start(*arguments, **options):
        process = subprocess.Popen(
            command(*arguments), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options)
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def child(process):
    """The process that runs the cells, once it prints."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for thread in os.listdir(f"/proc/{process.pid}/task"):
            try:
                children += Path(f"/proc/{process.pid}/task/{thread}/children").read_text().split()
            except FileNotFoundError:
                pass
        if children:
            return int(children[0])
        time.sleep(0.02)
    raise AssertionError("no process for the cells")


def busy(identifier, seconds):
    """Waits until a process has computed for so long."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        fields = Path(f"/proc/{identifier}/stat").read_text().rsplit(")", 1)[1].split()
        if (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") > seconds:
            return
        time.sleep(0.05)
    raise AssertionError("the cell does not run")


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_a_crash_is_reported_with_signal_cell_and_line(tmp_path, start, number):
    path = write(tmp_path / "n.ipynb", "let a = 1", LOOP, "never")
    out = tmp_path / "out.ipynb"
    process = start(path, "-o", out)
    cells = child(process)
    busy(cells, 0.6)
    os.kill(cells, number)
    _, report = process.communicate(timeout=30)
    assert process.returncode == 1
    assert re.search(r"n\.ipynb: cell 3, line [1345] failed", report), report
    assert f"signal {number.value} ({number.name}" in report
    cell = read(out).cells[2]
    assert texts(cell) == "started\n"
    assert cell.outputs[-1].ename == "KernelDied"
    assert cell.execution_count == 2
    assert read(out).cells[3].outputs == []


def test_a_cell_that_cannot_be_stopped_is_ended(tmp_path, start):
    path = write(tmp_path / "n.ipynb", LOOP)
    process = start(path, "--timeout", 1)
    cells = child(process)
    busy(cells, 0.3)
    os.kill(cells, signal.SIGSTOP)
    _, report = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "TimeoutError: the cell took longer than 1.0 s and did not stop" in report


def test_a_timeout_stops_the_cell_and_keeps_its_output(tmp_path):
    path = write(tmp_path / "n.ipynb", LOOP)
    ran = run(path, "--timeout", 0.5, "--in-place")
    assert ran.returncode == 1
    assert re.search(r"cell 2, line [345] failed", ran.stderr), ran.stderr
    cell = read(path).cells[1]
    assert texts(cell) == "started\n"
    assert cell.outputs[-1].ename == "TimeoutError"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_cells_and_writes(tmp_path, start, number):
    """As at a terminal, where it reaches every process, and as CI stops a job."""
    path = write(tmp_path / "n.ipynb", LOOP)
    out = tmp_path / "out.ipynb"
    process = start(path, "-o", out, start_new_session=True)
    cells = child(process)
    busy(cells, 0.3)
    if number == signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    _, report = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert "interrupted" in report
    assert texts(read(out).cells[1]) == "started\n"
    assert not Path(f"/proc/{cells}").exists()


def test_cells_end_with_the_run(tmp_path, start):
    process = start(write(tmp_path / "n.ipynb", LOOP))
    cells = child(process)
    busy(cells, 0.3)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{cells}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{cells}").exists()


def test_native_output_is_kept_in_order(tmp_path):
    path = write(
        tmp_path / "n.ipynb",
        'print("before")\nlet y = conv2d(Tensor.ones([1, 3, 32, 32]), Tensor.ones([8, 3, 3, 3]))\n'
        'print(y.sum().item() > 0)\nprint("after")')
    ran = run(path, "--in-place", env={**os.environ, "ONEDNN_VERBOSE": "1"})
    assert ran.returncode == 0, ran.stderr
    lines = texts(read(path).cells[1]).splitlines()
    native = [i for i, line in enumerate(lines) if "verbose,exec" in line and "convolution" in line]
    assert native and lines.index("before") < native[0] < lines.index("after"), lines


def test_paths_start_at_the_notebook(tmp_path):
    folder = tmp_path / "deep"
    folder.mkdir()
    (folder / "beside.swift").write_text('print("loaded")')
    write(folder / "n.ipynb", ":load beside.swift")
    ran = run("deep/n.ipynb", "--in-place", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert texts(read(folder / "n.ipynb").cells[1]) == "loaded\n"


def test_many_notebooks_at_a_time(tmp_path):
    paths = [
        write(tmp_path / f"n{i}.ipynb", f"print({i})", "nope" if i == 2 else "1")
        for i in range(5)]
    out = tmp_path / "out"
    ran = run(*paths, "-o", f"{out}/", "--jobs", 3)
    assert ran.returncode == 1
    assert "5 notebooks: 4 passed, 1 failed" in ran.stderr
    assert f"{paths[2]}: cell 3, line 1 failed" in ran.stderr
    assert sorted(p.name for p in out.iterdir()) == [f"n{i}.ipynb" for i in range(5)]
    for i in range(5):
        assert texts(read(out / f"n{i}.ipynb").cells[1]) == f"{i}\n"


def test_every_notebook_is_written_as_nbformat_writes_it(tmp_path):
    path = write(
        tmp_path / "n.ipynb", 'print("é🦀\\u{1}")', "Tensor([1.5, 2])", "nope",
        tags={2: ["raises-exception"]})
    ran = run(path, "--in-place", "-p", "x=1")
    assert ran.returncode == 0, ran.stderr
    nbformat.write(read(path), tmp_path / "again.ipynb")
    assert path.read_bytes() == (tmp_path / "again.ipynb").read_bytes()


def test_parameters_take_the_place_of_defaults(tmp_path):
    path = write(
        tmp_path / "n.ipynb", 'let epochs = 3\nlet rate = 0.5\nvar name = "a"',
        'name += "!"\nprint(epochs, rate / 2, name)', tags={0: ["parameters"]})
    (tmp_path / "p.yaml").write_text("epochs: 5\nrate: 1\nname: lenet\n")
    out = tmp_path / "out.ipynb"
    ran = run(path, "-o", out, "--parameters", tmp_path / "p.yaml", "-p", "epochs=7")
    assert ran.returncode == 0, ran.stderr
    cells = read(out).cells
    assert cells[2].metadata.tags == ["injected-parameters"]
    assert texts(cells[3]) == "7 0.5 lenet!\n"
    ran = run(path, "-p", "epoch=7")
    assert ran.returncode == 0
    assert "declares no 'epoch'" in ran.stderr
    ran = run(path, "-p", "epochs=many", "-o", out)
    assert ran.returncode == 1
    assert "cell 3, line 2 failed" in ran.stderr
    for wrong in [["-p", "epochs"], ["--parameters", tmp_path / "none.yaml"]]:
        assert run(path, *wrong).returncode == 2


def test_checking_compares_text_numbers_and_pictures(tmp_path):
    path = write(
        tmp_path / "n.ipynb", 'print("same")', "Double.random(in: 0...1)", "0.5",
        'try Image("picture.png").resized(64, 48)',
        tags={1: ["nbval-ignore-output"], 2: ["tolerance:0.01"]})
    photograph = Path(__file__).parents[2] / "Notebooks/photographs/chelsea.png"
    (tmp_path / "picture.png").write_bytes(photograph.read_bytes())
    assert run(path, "--in-place").returncode == 0
    ran = run(path, "--check")
    assert ran.returncode == 0, ran.stderr

    changed = read(path)
    changed.cells[3].outputs[0].data["text/plain"] = "0.501"
    nbformat.write(changed, path)
    assert run(path, "--check").returncode == 0
    changed.cells[3].outputs[0].data["text/plain"] = "0.6"
    nbformat.write(changed, path)
    ran = run(path, "--check")
    assert ran.returncode == 1
    assert "cell 4, output 1 (text/plain), line 1 is not as stored" in ran.stderr
    assert "stored: 0.6" in ran.stderr and "now: 0.5" in ran.stderr

    changed.cells[3].outputs[0].data["text/plain"] = "0.5"
    changed.cells[4].source = changed.cells[4].source.replace(
        ".resized(64, 48)", ".resized(64, 48, interpolation: .bicubic)")
    nbformat.write(changed, path)
    assert run(path, "--check").returncode == 0
    changed.cells[4].source += ".flippedHorizontally()"
    nbformat.write(changed, path)
    ran = run(path, "--check")
    assert ran.returncode == 1
    assert "cell 5, output 1 (image/png) is not as stored" in ran.stderr
    assert "colour distance" in ran.stderr


def test_reports_for_continuous_integration_and_for_a_browser(tmp_path):
    path = write(tmp_path / "n.ipynb", "1", "nope")
    junit, page = tmp_path / "r.xml", tmp_path / "r.html"
    assert run(path, "--junit", junit, "--html", page).returncode == 1
    suite = ElementTree.parse(junit).getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert "cell 3, line 1" in suite[1][0].text
    assert "NameError" in page.read_text()
    assert run(path, "--junit", tmp_path / "none/r.xml").returncode == 2


def terminal(arguments, **options):
    """What a run writes to a terminal of 80 columns, and its exit code."""
    leader, follower = pty.openpty()
    os.set_blocking(leader, False)
    process = subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=follower, stderr=follower, **options)
    os.close(follower)
    text = b""
    while True:
        if select.select([leader], [], [], 0.1)[0]:
            try:
                text += os.read(leader, 65536)
            except OSError:
                break
        elif process.poll() is not None:
            break
    os.close(leader)
    return text.decode(), process.wait()


def test_a_terminal_shows_progress_in_place_and_a_pipe_plain_lines(tmp_path):
    source = (
        "func next(_ n: Int) -> Int { n + 1 }\nvar n = 0\nwhile n < 100_000_000 {\n"
        "    n = next(n)\n}")
    path = write(tmp_path / "n.ipynb", source, "1")
    text, code = terminal(command(path), env={**os.environ, "TERM": "xterm"})
    assert code == 0
    assert "n.ipynb: cell 1/2, line 4" in text, text
    assert "\x1b[K" in text
    last = text.split("\x1b[J")[-1]
    assert last.startswith(f"{path}: passed (2 cells"), repr(text)
    plain = run(path).stderr
    assert "\x1b" not in plain and "\r" not in plain
    assert [line.split(": ")[1].rsplit(" ", 2)[0] for line in plain.splitlines()[:2]] == [
        "cell 1/2", "cell 2/2"]


def test_a_log_tells_of_milestones(tmp_path):
    path = write(tmp_path / "n.ipynb", 'for step in progress(1...3, "Steps") { _ = step }')
    lines = run(path, "--in-place").stderr.splitlines()
    assert re.match(r".*n\.ipynb: cell 1/1 · Steps 3/3", lines[0]), lines
    assert len(read(path).cells[1].outputs) == 1
    # The times in the stored line are other ones.
    assert run(path, "--check").returncode == 0


def test_help_lists_what_there_is():
    text = subprocess.run(
        [BUILD / "visionkernel", "run", "--help"], capture_output=True, text=True).stdout
    for option in ["--in-place", "--parameters", "--check", "--timeout", "--jobs", "--junit", "--html"]:
        assert option in text
    top = subprocess.run([BUILD / "visionkernel", "--help"], capture_output=True, text=True).stdout
    assert "cells" not in top.split("SUBCOMMANDS")[1]
