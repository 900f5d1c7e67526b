"""Output: at once, in order, cleared and replaced. That none is lost is in test_proofs.py."""

import threading
import time

import pytest


def test_a_partial_line_does_not_wait_for_its_end(kernel):
    request = kernel.client.execute(
        'print("part", terminator: "")\nvar n = 0\nwhile true { n += 1 }')
    start = time.monotonic()
    for message in kernel.publications(request):
        if message["msg_type"] == "stream":
            break
    assert message["content"]["text"] == "part"
    assert time.monotonic() - start < 0.5
    kernel.manager.interrupt_kernel()
    kernel.finish(request)


def test_a_display_is_cleared_and_replaced(kernel):
    ran = kernel.run("for i in 0..<5 {\n    clearOutput(wait: true)\n    display(i)\n}")
    assert ran.kinds[2:-1] == ["clear_output", "display_data"] * 5


@pytest.mark.parametrize("descriptor,name", [(1, "stdout"), (2, "stderr")])
def test_what_native_code_writes_is_caught_in_order(kernel, descriptor, name):
    """Here somebody else writes to the kernel's own streams, as a child of it would."""
    request = kernel.running('print("before")\nsleep(0.5)\nprint("after")')
    with open(f"/proc/{kernel.pid}/fd/{descriptor}", "w") as stream:
        stream.write("native é🐦\n")
    ran = kernel.finish(request)
    assert ran.text(name) == ("native é🐦\nafter\n" if name == "stdout" else "native é🐦\n")
    assert ran.kinds[-1] == "idle"


def test_a_flood_of_native_output_is_whole(kernel):
    lines = [f"native {number}" for number in range(20_000)]

    def write():
        with open(f"/proc/{kernel.pid}/fd/1", "w") as stream:
            stream.write("\n".join(lines) + "\n")

    request = kernel.running('print("on")\nwhile readLine() != nil {}')
    writer = threading.Thread(target=write)
    writer.start()
    writer.join(timeout=20)
    assert not writer.is_alive()
    kernel.client.get_stdin_msg(timeout=10)
    kernel.client.input("\x04")
    assert kernel.finish(request).text().splitlines() == lines


LOOP = 'for i in progress(0..<1_000, "Counting") {{\n    sleep(0.01)\n    {}\n}}'


@pytest.mark.parametrize("end", ["if i == 40 { break }", "if i == 40 { _ = [0][i] }"])
def test_a_progress_bar_that_is_left_says_so(kernel, end):
    ran = kernel.run(LOOP.format(end))
    shown, *states = ran.outputs("display_data", "update_display_data")
    assert "left" in shown["data"]["text/plain"]
    last = states[-1]
    assert last["transient"] == shown["transient"]
    assert "stopped after 0." in last["data"]["text/plain"]
    assert " left" not in last["data"]["text/plain"]


def test_an_interrupted_progress_bar_says_so(kernel):
    request = kernel.client.execute(LOOP.format("_ = i"))
    time.sleep(0.5)
    kernel.manager.interrupt_kernel()
    states = kernel.finish(request).outputs("display_data", "update_display_data")
    assert "stopped after 0." in states[-1]["data"]["text/plain"]
