"""Output: at once, in order, cleared and replaced. That none is lost is in test_proofs.py."""

import time


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
