"""visionkernel as a program: what it prints and how it exits."""

import json
import os
import signal
import subprocess
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from built_kernel import BUILD


def visionkernel(*arguments, **options):
    return subprocess.run(
        [BUILD / "visionkernel", *map(str, arguments)], capture_output=True, text=True, timeout=60,
        **options)


@pytest.fixture
def write(tmp_path):
    def write(*sources):
        path = tmp_path / "in.ipynb"
        cells = [new_markdown_cell("# Title")] + [new_code_cell(s) for s in sources]
        nbformat.write(new_notebook(cells=cells), path)
        return path

    return write


def test_it_says_its_version():
    ran = visionkernel("--version")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("visionkernel ")


@pytest.mark.parametrize(
    "arguments", [["dance"], ["run"], ["run", "a", "b", "-o", "c"], ["run", "a", "--timeout", "0"],
                  ["run", "a", "-o", "b", "--in-place"], ["start"],
                  ["install", "--user", "--sys-prefix"]])
def test_what_it_does_not_understand_is_2(arguments):
    ran = visionkernel(*arguments)
    assert ran.returncode == 2
    assert ran.stdout == "" and "Error:" in ran.stderr


def test_a_notebook_is_run_and_written(write, tmp_path):
    out = tmp_path / "out.ipynb"
    ran = visionkernel("run", write("let x = 6", "print(1)\nx * 7"), "-o", out, "--show")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "1\n42\n"
    cells = nbformat.read(out, as_version=4).cells
    assert cells[2].outputs[1].data["text/plain"] == "42"
    nbformat.write(nbformat.read(out, as_version=4), tmp_path / "again.ipynb")
    assert out.read_bytes() == (tmp_path / "again.ipynb").read_bytes()


def test_a_failing_cell_is_1_and_the_notebook_is_written(write, tmp_path):
    out = tmp_path / "out.ipynb"
    ran = visionkernel("run", write("1", "let y = 1\n[1][5]", "2"), "-o", out)
    assert ran.returncode == 1
    assert "cell 3, line 2" in ran.stderr
    cells = nbformat.read(out, as_version=4).cells
    assert [o.output_type for o in cells[2].outputs] == ["error"]
    assert cells[3].outputs == []


def test_a_missing_notebook_is_2(tmp_path):
    ran = visionkernel("run", tmp_path / "none.ipynb")
    assert ran.returncode == 2
    assert "none.ipynb" in ran.stderr


def test_ctrl_c_is_130(write):
    path = write("var n = 0\nwhile true { n += 1 }")
    process = subprocess.Popen(
        [BUILD / "visionkernel", "run", path], stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode == 130


def test_a_bad_connection_file_is_an_error_in_words(tmp_path):
    path = tmp_path / "k.json"
    path.write_text("{}")
    for name, text in [(path, "not a connection file"), (tmp_path / "none", "cannot read")]:
        ran = visionkernel("start", "--connection-file", name)
        assert ran.returncode == 1
        assert text in ran.stderr


def test_an_installed_copy_works_away_from_its_checkout(tmp_path):
    """The layout that `make install` makes."""
    (tmp_path / "bin").mkdir()
    share = tmp_path / "share/swift-vision"
    share.mkdir(parents=True)
    copy = tmp_path / "bin/visionkernel"
    copy.write_bytes((BUILD / "visionkernel").read_bytes())
    copy.chmod(0o755)
    source = f"{os.environ['JUPYTER_PATH']}/kernels/swift-vision"
    for name in os.listdir(source):
        (share / name).write_bytes(open(f"{source}/{name}", "rb").read())
    spec = json.loads((share / "kernel.json").read_text())
    spec["argv"][:-3] = ["{executable}"]
    (share / "kernel.json").write_text(json.dumps(spec))
    ran = subprocess.run(
        [copy, "install", "--prefix", tmp_path / "env"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    installed = json.load(open(tmp_path / "env/share/jupyter/kernels/swift-vision/kernel.json"))
    assert installed["argv"][0] == str(copy)
