"""papermill with the package in Kernelspec/papermill, and nbval."""

import json
import os
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from built_kernel import CHECKOUT

sys.path.insert(0, str(CHECKOUT / "Kernelspec/papermill"))

from swift_vision_papermill.translator import SwiftTranslator  # noqa: E402


def notebook(*sources, tags=None):
    kernelspec = {"name": "swift-vision", "display_name": "Swift Vision", "language": "swift"}
    cells = [
        new_code_cell(source, metadata={"tags": (tags or {}).get(index, [])})
        for index, source in enumerate(sources)]
    return new_notebook(cells=cells, metadata={"kernelspec": kernelspec})


def printed(cell):
    return "".join(o.text for o in cell.outputs if o.output_type == "stream")


@pytest.fixture
def parameterised(tmp_path):
    path = tmp_path / "in.ipynb"
    nbformat.write(
        notebook(
            'let epochs = 3  // passes over the data\nlet rate: Double = 0.5\nlet name = "a"',
            'epochs += 1\nprint(epochs, rate, name)\nprint(sizes.reduce(0, +), table["k"]!)',
            tags={0: ["parameters"]}),
        path)
    return path


def papermill(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "papermill", *map(str, arguments)], capture_output=True, text=True,
        timeout=120, env=os.environ)


def test_papermill_hands_parameters_over(parameterised, tmp_path):
    out = tmp_path / "out.ipynb"
    ran = papermill(
        parameterised, out, "-p", "epochs", "5", "-p", "rate", "0.25", "-r", "name", 'b "c" \\(x)',
        "-y", "sizes: [4, 5]", "-y", "table: {k: [1, x], n: null}", "--no-progress-bar")
    assert ran.returncode == 0, ran.stderr
    cells = nbformat.read(out, as_version=4).cells
    assert cells[1].metadata.tags == ["injected-parameters"]
    assert printed(cells[2]) == '6 0.25 b "c" \\(x)\n9 Optional([1, "x"])\n'


def test_papermill_lists_parameters(parameterised):
    text = papermill("--help-notebook", parameterised).stdout
    assert "epochs: Int (default 3)" in text and "passes over the data" in text
    assert "rate: Double (default 0.5)" in text
    assert 'name: String (default "a")' in text


VALUES = {
    "whole": 3, "least": -(2**63), "part": 1e-05, "large": 1e300, "flag": True, "nothing": None,
    "text": 'tab\t "q" \\ \n \x01\u2028 é🦀 \\(1)', "empty": [], "none": {}, "list": [1, 2],
    "numbers": [1, 2.5], "mixed": [1, "a", None, [1], {"k": []}], "table": {"a": 1, "b é": 2},
    "in": 1, "inf": float("inf"), "nested": [[1], [2, 3]],
}


def test_every_value_is_a_legal_declaration(tmp_path):
    """Also after a cell that has declared the same names."""
    code = SwiftTranslator.codify(VALUES)
    names = [SwiftTranslator.name(name) for name in VALUES]
    run = notebook(code, code, "print(" + ", ".join(names) + ", separator: \"|\")")
    NotebookClient(run, timeout=60).execute()
    text = printed(run.cells[2])
    parts = text.rstrip("\n").split("|")
    assert parts[:6] == ["3", str(-(2**63)), "1e-05", "1e+300", "true", "nil"]
    assert VALUES["text"] in text
    assert parts[-3:] == ["1", "inf", "[[1], [2, 3]]"]


@pytest.mark.parametrize("values", [{"n": 2**63}, {"a b": 1}, {"3x": 1}])
def test_what_cannot_be_written_is_refused(values):
    with pytest.raises(ValueError):
        SwiftTranslator.codify(values)


def nbval(path, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", str(path),
         *arguments],
        capture_output=True, text=True, timeout=300, env=os.environ, cwd=path.parent)


def test_nbval_finds_what_is_stored_and_what_is_not(tmp_path):
    path = tmp_path / "n.ipynb"
    run = notebook(
        'print("a")\nprint("b")', "Tensor([[1, 2], [3, 4]])", "[1][5]", "Double.random(in: 0...1)",
        "for i in 0..<500 { print(i) }",
        tags={2: ["raises-exception"], 3: ["nbval-ignore-output"]})
    NotebookClient(run, timeout=60).execute()
    nbformat.write(run, path)
    ran = nbval(path)
    assert ran.returncode == 0, ran.stdout
    assert "5 passed" in ran.stdout
    content = json.loads(path.read_text())
    content["cells"][0]["outputs"][0]["text"] = ["a\n", "c\n"]
    path.write_text(json.dumps(content))
    ran = nbval(path)
    assert ran.returncode == 1
    assert "1 failed, 4 passed" in ran.stdout
