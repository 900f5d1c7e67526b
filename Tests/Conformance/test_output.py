"""Output: few messages, in order, none lost, and memory that stays bounded."""

import time
from pathlib import Path


def resident_megabytes(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024


def test_3000_prints_are_at_most_50_messages(kernel):
    ran = kernel.run("for i in 0..<3000 { print(i) }")
    assert len(ran.outputs("stream")) <= 50
    assert ran.text() == "".join(f"{i}\n" for i in range(3000))


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


def test_a_reader_that_sleeps_gets_every_line(fresh_kernel):
    kernel = fresh_kernel
    # Displays are not joined: each is a message.
    request = kernel.client.execute("for i in 0..<20_000 { display(i) }")
    time.sleep(5)
    ran = kernel.finish(request, timeout=60)
    shown = [content["data"]["text/plain"] for content in ran.outputs("display_data")]
    assert shown == [str(i) for i in range(20_000)]
    assert ran.kinds[-1] == "idle"
    kernel.nothing_follows()


def test_a_cell_that_prints_for_ever_is_bounded_and_stops(fresh_kernel):
    kernel = fresh_kernel
    kernel.run("1")
    before = resident_megabytes(kernel.pid)
    request = kernel.client.execute(
        'let line = [String](repeating: "0123456789", count: 50).joined()\n'
        "while true { print(line) }")
    # Nobody reads meanwhile.
    time.sleep(6)
    assert resident_megabytes(kernel.pid) - before < 700
    start = time.monotonic()
    kernel.manager.interrupt_kernel()
    messages = kernel.publications(request, timeout=60)
    assert any(message["content"].get("execution_state") == "idle" for message in messages)
    assert time.monotonic() - start < 30
    assert kernel.run("1 + 1").value == "2"
