"""Showing large values again and again does not fill the memory."""

from memory import resident_megabytes


def test_a_hundred_displays_of_80_megabytes(fresh_kernel):
    kernel = fresh_kernel
    kernel.run("let x = Tensor.rand([20, 1000, 1000])\ndisplay(x)")
    before = resident_megabytes(kernel.pid)
    for _ in range(10):
        ran = kernel.run("for _ in 0..<10 { display(x) }", timeout=120)
        assert len(ran.outputs("display_data")) == 10
    assert resident_megabytes(kernel.pid) - before < 200


def test_a_hundred_results_of_80_megabytes_each_of_its_own(fresh_kernel):
    kernel = fresh_kernel
    kernel.run("Tensor.ones([20, 1000, 1000])", timeout=120)
    before = resident_megabytes(kernel.pid)
    for number in range(100):
        ran = kernel.run(f"Tensor.full([20, 1000, 1000], {number})", timeout=120)
        assert ran.value.startswith("Tensor [20, 1000, 1000] float32, ")
    assert resident_megabytes(kernel.pid) - before < 200


def test_a_display_that_is_updated_is_one_output(fresh_kernel):
    kernel = fresh_kernel
    kernel.run("let x = Tensor.rand([20, 1000, 1000])\nlet shown = display(x)")
    before = resident_megabytes(kernel.pid)
    ran = kernel.run("for _ in 0..<50 { shown.update(x) }", timeout=120)
    assert len(ran.outputs("update_display_data")) == 50
    assert resident_megabytes(kernel.pid) - before < 200
