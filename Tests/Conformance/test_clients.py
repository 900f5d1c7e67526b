"""Notebooks run by the tools people use."""

import os
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook


def notebook(*sources):
    kernelspec = {"name": "swift-vision", "display_name": "Swift Vision", "language": "swift"}
    return new_notebook(
        cells=[new_code_cell(source) for source in sources],
        metadata={"kernelspec": kernelspec})


def test_nbclient_keeps_every_output():
    run = notebook("for i in 0..<500 { print(i) }", "let x = 6", "display(x)\nx * 7")
    NotebookClient(run, timeout=60).execute()
    first, second, third = [cell.outputs for cell in run.cells]
    assert "".join(output.text for output in first) == "".join(f"{i}\n" for i in range(500))
    assert second == []
    assert [output.output_type for output in third] == ["display_data", "execute_result"]
    assert third[1].data["text/plain"] == "42"
    assert run.metadata.language_info.file_extension == ".swift"
    assert [cell.execution_count for cell in run.cells] == [1, 2, 3]


def test_nbclient_stops_at_an_error():
    run = notebook("[1][5]", 'print("never")')
    with pytest.raises(CellExecutionError):
        NotebookClient(run, timeout=60).execute()
    assert [output.output_type for output in run.cells[0].outputs] == ["error"]
    assert run.cells[1].outputs == []


def test_nbconvert_executes(tmp_path):
    path = tmp_path / "n.ipynb"
    nbformat.write(notebook("6 * 7"), path)
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", path],
        check=True, capture_output=True, env=os.environ)
    cell = nbformat.read(path, as_version=4).cells[0]
    assert cell.outputs[0].data["text/plain"] == "42"
