"""JupyterLab with the kernel: pictures, tables, plots, progress, errors, interrupt, completion.

Each test keeps a picture of what it saw in SCREENSHOTS.
"""

import re
import subprocess
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from selenium.webdriver.common.keys import Keys

from conftest import BUILD
from notebook_page import NotebookPage

# Some milliseconds of work.
WORK = "_ = Tensor.rand([256, 256]).softmax(axis: 1)"

NETWORK = """\
let model = Sequential {
    Conv2d(1, 6, kernel: 5, padding: 2); ReLU(); MaxPool2d(2)
    Conv2d(6, 16, kernel: 5).named("conv2"); ReLU(); MaxPool2d(2)
    Flatten(); Linear(400, 84); ReLU(); Linear(84, 10)
}
"""

CELLS = {
    "picture": 'let photo = try Image("chelsea.png")\nphoto.resized(shortSide: 200)',
    "sheet": "[photo, photo.grayscale(), photo.flippedHorizontally()]"
             ".map { $0.resized(shortSide: 120) }",
    "summary": NETWORK + "model.summary(input: [1, 28, 28])",
    "model": "model",
    "table": "seed(3)\nTensor.randn([6, 8])",
    "tensor": "photo.tensor",
    "map": "Tensor.randn([64, 96])",
    "batch": 'let data = try FashionMNIST()\n'
             "for batch in data.train.batches(32) {\n    display(batch.images)\n    break\n}",
    "weights": '["filters": model["0.weight"], "bias": model["0.bias"]]',
    "plot": "photo.histogram().plot()",
    "bars": 'Chart.bar(["cat", "dog", "boat"], [0.7, 0.2, 0.1], title: "Guesses")',
    "contour": "let line = (0..<21).map { Double($0) / 10 - 1 }\n"
               "Chart.contour(line.map { y in line.map { $0 * $0 - y * y } }, x: line, y: line)",
    "boxes": 'Chart.box(["a", "b"], [[1, 2, 3, 9], [2, 4, 5, 6]])',
    "charts": '[photo.histogram().plot(), Chart.points([1, 2, 3], [2, 4, 8], title: "Growth")]',
    "fit": "let history = try fit(model, train: data.train.prefix(6000), "
           "validation: data.test.prefix(1000), epochs: 3)",
    "history": "history",
    "prediction": "model.predict(data.test[0].image)",
    "evaluation": "let result = evaluate(model, on: data.test.prefix(500))\nresult",
    "mistakes": "result.mistakes.prefix(12)",
    "tuples": "model.predict(data.test[1].image).top",
    "markdown": 'Markdown("Accuracy is **\\(result.accuracy > 0.5 ? "fine" : "poor")**, '
                'see `evaluate`.")',
    "latex": 'LaTeX(#"\\frac{1}{N} \\sum_{i=1}^N (x_i - \\mu)^2"#)',
    "update": 'let shown = display("working")\nfor step in 1...20 {\n'
              '    shown.update(Markdown("step **\\(step)**"))\n}',
    "clear": 'for step in 1...30 {\n    clearOutput(wait: true)\n    print("step", step)\n}',
    "progress": 'let steps = progress(1...300, "Counting")\nfor step in steps {\n'
                '    steps.report("loss", 1 / Double(step))\n'
                f"    {WORK}\n}}",
    "error": "func scores(_ x: Tensor) -> Tensor {\n"
             "    model(x.reshaped(1, 1, 14, 14))\n}\n"
             "print(\"before\")\nscores(Tensor.ones([196]))",
}
ORDER = list(CELLS)


def write(folder, name, sources):
    kernelspec = {"name": "swift-vision", "display_name": "Swift Vision", "language": "swift"}
    cells = [new_code_cell(source) for source in sources]
    nbformat.write(
        new_notebook(cells=cells, metadata={"kernelspec": kernelspec}), folder / name)


@pytest.fixture(scope="module")
def page(lab, browser):
    """A notebook of one cell for each kind of output, run from the menu as a whole."""
    address, folder = lab
    write(folder, "display.ipynb", CELLS.values())
    page = NotebookPage(browser, address, "display.ipynb")
    page.folder = folder
    page.run_all()
    page.wait(page.is_over, 200)
    return page


@pytest.fixture
def cell(page):
    """The number of a cell by its name; a picture of it is kept after the test."""
    kept = []

    def number(name):
        kept.append(name)
        return ORDER.index(name)

    yield number
    for name in kept:
        page.picture(name, ORDER.index(name))


def only_error(page):
    return [number for number in range(len(CELLS)) if "Error" in page.text(number)]


def test_every_cell_but_the_last_ran_without_an_error(page):
    assert only_error(page) == [len(CELLS) - 1]


@pytest.mark.parametrize("name", ["picture", "sheet", "mistakes"])
def test_pictures_are_pictures(page, cell, name):
    sizes = page.natural_sizes(cell(name))
    assert len(sizes) == 1 and min(sizes[0]) > 50


def test_a_summary_has_a_line_a_layer_in_columns(page, cell):
    box = page.find(".jp-OutputArea-output div[style*='white-space']", page.cells[cell("summary")])[0]
    assert box.value_of_css_property("white-space") == "pre"
    assert "monospace" in box.value_of_css_property("font-family")
    lines = [line.get_property("textContent") for line in page.find("div", box)]
    layers = [line for line in lines if re.match(r" *(\d|conv2) ", line)]
    assert len(layers) == 10
    assert re.split(r"  +", layers[3].strip())[:3] == ["conv2", "Conv2d", "[16, 10, 10]"]
    assert {line.index("[") for line in layers} == {lines[0].index("output")}


def test_a_model_is_a_table_of_layers(page, cell):
    text = page.text(cell("model"))
    assert "conv2" in text and "2,416" in text


def test_a_small_tensor_is_a_tinted_table(page, cell):
    number = cell("table")
    tinted = page.find("td[style*='background']", page.cells[number])
    assert len(page.find(".jp-OutputArea-output td", page.cells[number])) == 48
    assert len(tinted) > 30
    assert page.text(number).startswith("Tensor [6, 8] float32, -")


@pytest.mark.parametrize("name", ["tensor", "map", "batch"])
def test_a_tensor_of_pictures_or_a_map_has_a_picture(page, cell, name):
    number = cell(name)
    sizes = page.natural_sizes(number)
    assert len(sizes) == 1 and min(sizes[0]) > 16
    assert page.text(number).startswith("Tensor [")


def test_tensors_by_name_are_a_table(page, cell):
    text = page.text(cell("weights"))
    assert "filters" in text and "[6, 1, 5, 5]" in text and "bias" in text


@pytest.mark.parametrize("name", ["plot", "bars", "contour", "boxes"])
def test_a_plot_is_drawn_by_vega(page, cell, name):
    number = cell(name)
    drawings = page.wait(lambda: page.find(".vega-embed canvas, .vega-embed svg", page.cells[number]))
    assert drawings[0].size["width"] > 300


def test_several_charts_stand_side_by_side(page, cell):
    number = cell("charts")
    assert page.natural_sizes(number) == [(420, 280)] * 2


def test_training_leaves_one_line_and_the_curve(page, cell):
    number = cell("fit")
    assert len(page.outputs(number)) == 1
    text = page.text(number)
    assert "Epoch 3/3" in text and "val accuracy" in text and "images" in text
    sizes = page.natural_sizes(number)
    assert len(sizes) == 1 and sizes[0][0] > 300


def test_results_of_training_are_tables(page, cell):
    assert len(page.find("tbody tr", page.cells[cell("history")])) == 3
    assert len(page.find("tbody tr", page.cells[cell("tuples")])) == 5
    assert len(page.find("table", page.cells[cell("evaluation")])) == 1
    assert len(page.natural_sizes(cell("evaluation"))) == 1
    number = cell("prediction")
    assert page.find("table", page.cells[number]) and page.natural_sizes(number)


def test_markdown_and_formulas_are_set(page, cell):
    number = cell("markdown")
    assert page.find(".jp-RenderedMarkdown strong", page.cells[number])
    assert page.wait(lambda: page.find("mjx-container, .MathJax", page.cells[cell("latex")]))


def test_updates_replace_what_is_shown(page, cell):
    number = cell("update")
    assert len(page.outputs(number)) == 1
    assert page.text(number) == "step 20"
    assert page.text(cell("clear")) == "step 30"


def test_a_loop_leaves_one_line_and_the_curve(page, cell):
    number = cell("progress")
    assert len(page.outputs(number)) == 1
    assert "Counting" in page.text(number) and "300/300 items" in page.text(number)
    assert len(page.natural_sizes(number)) == 1


def test_an_error_is_a_coloured_traceback(page, cell):
    number = cell("error")
    text = page.text(number)
    assert text.startswith("before\n") and "Error" in text and "^" in text and "line 2" in text
    assert page.find(".jp-OutputArea-output pre span[class*='ansi-']", page.cells[number])


def test_the_saved_notebook_keeps_the_last_states_alone(page):
    page.click(0)
    page.chord(Keys.CONTROL, "s")
    path = page.folder / "display.ipynb"

    def saved():
        try:
            cells = nbformat.read(path, as_version=4).cells
        except nbformat.reader.NotJSONError:  # It is being written.
            return None
        return cells if cells[-1]["outputs"] else None

    cells = page.wait(saved)
    for name in ("fit", "progress", "update", "clear"):
        assert len(cells[ORDER.index(name)]["outputs"]) == 1, name
    data = cells[ORDER.index("update")]["outputs"][0]["data"]
    assert data["text/markdown"] == "step **20**"
    assert path.stat().st_size < 3_000_000


@pytest.fixture(scope="module")
def scratch(lab, browser, page):
    """A notebook to work in."""
    address, folder = lab
    write(folder, "scratch.ipynb", [
        'var n = 0\nfor _ in progress(0..<1_000_000, "Counting") {\n    n += 1\n'
        f"    {WORK}\n}}",
        "n > 0",
        "let photo = try Image(\"chelsea.png\")",
        "photo.re",
    ])
    return NotebookPage(browser, address, "scratch.ipynb")


def test_a_running_loop_shows_its_progress_and_is_interrupted(scratch):
    scratch.run(0)
    first = scratch.wait(lambda: scratch.text(0))
    scratch.wait(lambda: scratch.text(0) not in ("", first))
    assert "left" in scratch.text(0)
    scratch.picture("running", 0)
    start = time.monotonic()
    scratch.interrupt()
    scratch.wait(lambda: "Interrupted" in scratch.text(0))
    assert time.monotonic() - start < 5
    scratch.picture("interrupted", 0)
    # What the loop has counted so far is still there.
    scratch.run(1)
    scratch.wait(lambda: scratch.ran(1) and scratch.text(1))
    assert scratch.text(1) == "true"


def test_completion_offers_names_with_their_types(scratch):
    scratch.run(2)
    scratch.wait(lambda: scratch.ran(2))
    scratch.click(3)
    scratch.keys(Keys.END)
    scratch.keys(Keys.TAB)
    items = scratch.wait(lambda: [
        item.text for item in scratch.find(".jp-Completer-item .jp-Completer-match")])
    scratch.picture("completion")
    assert "resized" in items
    scratch.keys(Keys.ESCAPE)


def test_help_opens_beside_the_cell(scratch):
    scratch.click(3)
    scratch.chord(Keys.CONTROL, "a")
    scratch.keys("conv2d(")
    scratch.chord(Keys.SHIFT, Keys.TAB)
    scratch.wait(lambda: scratch.find(".jp-Tooltip"))
    assert "stride: IntOrPair = 1" in scratch.find(".jp-Tooltip")[0].text
    scratch.picture("help")


def test_a_notebook_that_is_not_trusted_looks_the_same(lab, browser, page):
    """What ran elsewhere is cleaned of scripts and drawings before it is shown."""
    address, folder = lab
    names = ["picture", "table", "map", "progress", "plot", "markdown"]
    sources = [CELLS[name] for name in names[:-1]] + ['Markdown("**set**")']
    write(folder, "elsewhere.ipynb", sources)
    subprocess.run(
        [BUILD / "visionkernel", "run", folder / "elsewhere.ipynb", "-o", folder / "given.ipynb"],
        check=True, capture_output=True)
    given = NotebookPage(browser, address, "given.ipynb")
    for name in ("picture", "map", "progress"):
        sizes = given.natural_sizes(names.index(name))
        assert len(sizes) == 1 and min(sizes[0]) > 50, name
    table = given.cells[names.index("table")]
    assert len(given.find("td[style*='background']", table)) > 30
    progress = given.cells[names.index("progress")]
    assert given.find("span[style*='width:100%']", progress)
    assert given.find(".jp-RenderedMarkdown strong", given.cells[-1])
    for name in names[:-2]:
        given.picture(f"untrusted-{name}", names.index(name))
