"""Writes the notebooks beside this file with nbformat's own writer.

    pip install nbformat==5.11.1
    python Tests/NotebookRunnerTests/Fixtures/make_notebooks.py

The tests read them and must write the same bytes.
"""

import pathlib

import nbformat
from nbformat.v4 import (
    new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell)

HERE = pathlib.Path(__file__).parent


def code(identifier, source, **fields):
    cell = new_code_cell(source, **fields)
    cell.id = identifier
    return cell


def markdown(identifier, source, **fields):
    cell = new_markdown_cell(source, **fields)
    cell.id = identifier
    return cell


def rich():
    """Every kind of output, and texts that are hard to write."""
    notebook = new_notebook(metadata={
        "kernelspec": {"display_name": "Swift Vision", "language": "swift", "name": "swift-vision"},
        "language_info": {"name": "swift"},
        "numbers": [
            0, -0.0, 1.0, -1.5, 0.1, 1e16, 1e15, 123456789012345680.0, 1e-4, 1e-5, 1.5e-7, 1e100,
            5e-324, 1.7976931348623157e308, 2.0**53, 3.141592653589793, 12345.678,
            123456789012345678901234567890, -7, float("inf"), float("-inf"), float("nan")],
        "empty": {"list": [], "object": {}, "text": ""},
        "ordre": {"é": 1, "e\u0301": 2, "Z": 3, "a": 4, "🦀": 5, "\uffff": 6},
        "flags": [True, False, None],
        "unknown": {"kept": ["as", {"it": "is"}]},
    })
    svg = '<svg xmlns="http://www.w3.org/2000/svg">\n <circle r="1"/>\n</svg>\n'
    notebook.cells = [
        markdown("title", "# Tour 🦀\n\nText with \"quotes\", \\backslashes\\ and a\ttab.\n",
                 attachments={"dot.png": {"image/png": "iVBORw0KGgo="},
                              "note.txt": {"text/plain": "one\ntwo\n"}}),
        new_raw_cell("raw\r\ntext", id="raw"),
        code("empty", ""),
        code("lines", "a\nb\r\nc\rd\x0be\x0cf\x1cg\x1dh\x1ei\x85j\u2028k\u2029l",
             metadata={"tags": ["parameters"], "collapsed": False}),
        code("control", "\x00\x01\x1f\x7f\b\f\u00a0\ufeff</script>"),
        code("outputs", "show()", execution_count=3, outputs=[
            new_output("stream", name="stdout", text="one\ntwo\n"),
            new_output("stream", name="stderr", text="no line end"),
            new_output("display_data", data={
                "text/plain": "<Figure>\nsecond line", "image/png": "aGVsbG8=\n",
                "image/svg+xml": svg, "text/html": "<b>x</b>\n<i>y</i>",
                "application/json": {"list": ["a\n", "b"], "x": 1.50},
                "application/vnd.vegalite.v5+json": {"mark": "line", "data": ["l1\n", "l2"]},
                "application/javascript": "a()\nb()"}, metadata={"needs_background": "light"}),
            new_output("execute_result", data={"text/plain": "42"}, execution_count=3),
            new_output("error", ename="NameError", evalue="there is no 'x'",
                       traceback=["\x1b[31mNameError\x1b[0m", "  In [3], line 1\n"]),
        ]),
    ]
    return notebook


def older():
    """Format 4.4, whose cells have no identifiers, and an empty notebook's fields."""
    notebook = new_notebook()
    notebook.nbformat_minor = 4
    for cell in [new_code_cell("1 + 1"), new_markdown_cell("text")]:
        del cell["id"]
        notebook.cells.append(cell)
    return notebook


def main():
    for name, notebook in [("rich", rich()), ("older", older()), ("bare", new_notebook())]:
        path = HERE / f"{name}.ipynb"
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            nbformat.write(notebook, file)
        # What is read and written again must not change either.
        again = nbformat.writes(nbformat.read(path, as_version=4))
        assert again.rstrip("\n") == path.read_bytes().decode().rstrip("\n"), name


if __name__ == "__main__":
    main()
