"""Subshells: cells, completion and inspection beside a cell that runs."""

import time

import pytest

TRAINING = """
let data = try FashionMNIST()
let model = Sequential { Flatten(); Linear(784, 10) }
var isTraining = true
"""


class Subshell:
    """One subshell of a kernel."""

    def __init__(self, kernel):
        self.kernel = kernel
        request = kernel.send("control", "create_subshell_request", {})
        self.id = kernel.reply(request, channel="control")["content"]["subshell_id"]

    def send(self, message_type, content):
        client = self.kernel.client
        message = client.session.msg(message_type, content)
        message["header"]["subshell_id"] = self.id
        client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def execute(self, code, **options):
        return self.send("execute_request", {"code": code, "silent": False} | options)

    def run(self, code, **options):
        return self.kernel.finish(self.execute(code, **options))

    def delete(self):
        request = self.kernel.send(
            "control", "delete_subshell_request", {"subshell_id": self.id})
        return self.kernel.reply(request, channel="control")["content"]


@pytest.fixture
def subshell(kernel):
    subshell = Subshell(kernel)
    yield subshell
    subshell.delete()


def subshells(kernel):
    request = kernel.send("control", "list_subshell_request", {})
    return kernel.reply(request, channel="control")["content"]["subshell_id"]


def test_they_are_made_listed_and_deleted(kernel):
    first, second = Subshell(kernel), Subshell(kernel)
    assert subshells(kernel) == [first.id, second.id]
    assert first.delete()["status"] == "ok"
    assert first.delete()["status"] == "error"
    assert subshells(kernel) == [second.id]
    second.delete()


def test_a_deleted_one_answers_with_an_error(kernel):
    gone = Subshell(kernel)
    gone.delete()
    ran = gone.run("1 + 1")
    assert ran.content["status"] == "error"
    assert ran.kinds == ["busy", "idle"]


def test_messages_say_whom_they_answer(subshell):
    ran = subshell.run("1 + 1")
    assert ran.value == "2"
    for message in ran.messages + [ran.reply]:
        assert message["parent_header"]["subshell_id"] == subshell.id


@pytest.mark.parametrize(
    "code", ["while !isOver {}", "while !isOver { sleep(0.01) }", "while !isOver { sleep(1000) }"])
def test_cells_run_while_the_main_shell_loops_or_sleeps(kernel, subshell, code):
    kernel.run("var isOver = false")
    request = kernel.running(f'print("on")\nvar seen = 5\n{code}')
    assert subshell.run("seen + 1").value == "6"
    assert subshell.run("[1][9]").content["status"] == "error"
    assert subshell.run("seen = 7\nisOver = true").content["status"] == "ok"
    if "1000" in code:
        kernel.manager.interrupt_kernel()
    kernel.finish(request)
    assert kernel.run("seen").value == "7"


def test_the_main_shell_runs_while_a_subshell_loops(kernel, subshell):
    kernel.run("var isOver = false")
    request = subshell.execute('while !isOver {}\n"over"')
    assert kernel.run("isOver = true").content["status"] == "ok"
    assert kernel.finish(request).value == '"over"'


def test_cells_run_while_a_question_waits(kernel, subshell):
    request = kernel.client.execute('let answer = readLine()')
    kernel.client.get_stdin_msg(timeout=10)
    assert subshell.run("2 * 21").value == "42"
    kernel.client.input("yes")
    assert kernel.finish(request).content["status"] == "ok"


def test_a_training_run_can_be_looked_at_and_changed(kernel, subshell):
    kernel.run(TRAINING)
    request = kernel.running(
        'print("on")\nlet history = try fit(model, train: data.train, epochs: 1000, batchSize: 32)')
    before = subshell.run('model["1.weight"].sum().item()').value
    assert subshell.run("data.train.count").value == "60000"
    deadline = time.monotonic() + 20
    while subshell.run('model["1.weight"].sum().item()').value == before:
        assert time.monotonic() < deadline
    kernel.manager.interrupt_kernel()
    assert kernel.finish(request).content["ename"] == "Interrupted"
    assert kernel.run("isTraining").value == "true"


def test_assistance_never_waits(kernel, subshell):
    request = kernel.running('print("on")\nlet big = Tensor.ones([3000, 3000])\nwhile true { big • big }')
    for message_type, content in [
        ("kernel_info_request", {}), ("complete_request", {"code": "Tens", "cursor_pos": 4}),
        ("inspect_request", {"code": "conv2d", "cursor_pos": 3, "detail_level": 0}),
        ("is_complete_request", {"code": "f("}), ("comm_info_request", {}),
        ("history_request", {"hist_access_type": "tail", "n": 1}),
    ]:
        reply = kernel.reply(subshell.send(message_type, content), timeout=5)
        assert reply["content"].get("status") != "error"
    kernel.manager.interrupt_kernel()
    assert kernel.finish(request).content["status"] == "error"


def test_an_interrupt_is_for_every_shell(kernel, subshell):
    kernel.run("var isOver = false")
    outer = kernel.running('print("on")\nwhile !isOver {}')
    inner = subshell.execute("while true {}")
    time.sleep(0.3)
    kernel.manager.interrupt_kernel()
    for request in inner, outer:
        assert kernel.reply(request)["content"]["ename"] == "Interrupted"
    assert kernel.run("isOver").value == "false"


def test_nothing_is_forgotten_under_a_running_cell(kernel, subshell):
    kernel.run("var isOver = false")
    request = kernel.running('print("on")\nwhile !isOver {}')
    assert subshell.run(":reset").content["status"] == "error"
    subshell.run("isOver = true")
    assert kernel.finish(request).content["status"] == "ok"


def test_a_restart_deletes_them(fresh_kernel):
    Subshell(fresh_kernel)
    fresh_kernel.manager.restart_kernel()
    fresh_kernel.client.wait_for_ready(timeout=30)
    assert subshells(fresh_kernel) == []
