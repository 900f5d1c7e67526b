"""The wire: signatures, broken messages, transports, the end of a kernel."""

import json
import os
import time

import pytest
import zmq
from jupyter_client.session import Session

DELIMITER = b"<IDS|MSG>"


class Raw:
    """A socket of one's own to a kernel, for what no client would send."""

    def __init__(self, kernel, channel="shell"):
        info = kernel.manager.get_connection_info()
        self.session = Session(key=info["key"])
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.connect(f"tcp://{info['ip']}:{info[channel + '_port']}")

    def frames(self, message_type="kernel_info_request", content=None):
        message = self.session.msg(message_type, content or {})
        return self.session.serialize(message)

    def ask(self, frames, timeout=5000):
        """Sends frames as they are; the reply's frames, or None."""
        self.socket.send_multipart(frames)
        return self.socket.recv_multipart() if self.socket.poll(timeout) else None

    def close(self):
        self.socket.close()
        self.context.term()


@pytest.fixture(params=["shell", "control"])
def raw(kernel, request):
    raw = Raw(kernel, request.param)
    yield raw
    raw.close()


def test_broken_messages_are_dropped_and_the_kernel_lives(raw):
    good = raw.frames()
    start = good.index(DELIMITER)
    bad_signature = good[:start + 1] + [b"0" * 64] + good[start + 2:]
    no_json = [b"{", b"{}", b"{}", b"{}"]
    no_header = [b"{}", b"{}", b"{}", b"{}"]
    no_objects = [b"[]", b"1", b"null", b'"x"']
    no_text = [b"\xff\xfe", b"{}", b"{}", b"{}"]
    deep = [b"[" * 100_000, b"{}", b"{}", b"{}"]
    broken = [
        bad_signature,
        good[:start + 1],
        good[:start + 4],
        good[start + 1:],
        [DELIMITER, good[start + 1][:10]] + good[start + 2:],
    ] + [
        [DELIMITER, raw.session.sign(parts)] + parts
        for parts in (no_json, no_header, no_objects, no_text, deep)
    ] + [
        [b""],
        [b"\xff" * 1000] * 20,
    ]
    for frames in broken:
        assert raw.ask(frames, timeout=50) is None
    assert raw.ask(raw.frames()) is not None


def test_a_recorded_message_is_not_taken_twice(raw):
    frames = raw.frames()
    assert raw.ask(frames) is not None
    assert raw.ask(frames, timeout=200) is None


def test_identities_come_back(raw):
    reply = raw.ask([b"one", b"two", b"\x00three"] + raw.frames())
    assert reply[:reply.index(DELIMITER)] == [b"one", b"two", b"\x00three"]


def test_buffers_after_the_content_do_no_harm(raw):
    assert raw.ask(raw.frames() + [b"\x00" * 1000, b""]) is not None


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_an_unknown_type_is_busy_and_idle(kernel, channel):
    request = kernel.send(channel, "dance_request", {})
    states = [m["content"]["execution_state"] for m in kernel.publications(request)]
    assert states == ["busy", "idle"]


def test_headers_are_in_one_session_with_utc_dates(kernel):
    ran = kernel.run("1")
    headers = [m["header"] for m in ran.messages + [ran.reply]]
    assert len({h["session"] for h in headers}) == 1
    assert len({h["msg_id"] for h in headers}) == len(headers)
    for header in headers:
        date = header["date"]
        assert date.tzinfo is not None and date.utcoffset().total_seconds() == 0


@pytest.mark.parametrize("message_type,content", [
    ("execute_request", {}), ("execute_request", {"code": 5}), ("complete_request", {}),
    ("inspect_request", {"code": None}), ("is_complete_request", {"code": []}),
    ("history_request", {}), ("history_request", {"hist_access_type": 1}),
])
def test_a_request_without_what_it_needs_is_answered_with_an_error(
        kernel, message_type, content):
    request = kernel.send("shell", message_type, content)
    reply = kernel.reply(request)["content"]
    assert reply["status"] == "error"
    assert {"ename", "evalue", "traceback"} <= reply.keys()


@pytest.mark.parametrize("content", [
    {"code": "abc", "cursor_pos": -5}, {"code": "abc", "cursor_pos": 10**18},
    {"code": "", "cursor_pos": 0}, {"code": "a" * 100_000, "cursor_pos": 50_000},
    {"code": "((((" * 20_000, "cursor_pos": 80_000}, {"code": "\U0001F426" * 100, "cursor_pos": 7},
])
@pytest.mark.parametrize("message_type", ["complete_request", "inspect_request"])
def test_any_place_in_any_text_is_answered(kernel, message_type, content):
    request = kernel.send("shell", message_type, content)
    assert kernel.reply(request)["content"]["status"] == "ok"


def test_a_comm_to_an_unknown_target_is_closed(kernel):
    request = kernel.send(
        "shell", "comm_open", {"comm_id": "c", "target_name": "nobody", "data": {}})
    messages = list(kernel.publications(request))
    assert [m["msg_type"] for m in messages] == ["status", "comm_close", "status"]
    request = kernel.send("shell", "comm_info_request", {})
    assert kernel.reply(request)["content"]["comms"] == {}


def test_kernel_info_promises_what_is_there(kernel):
    request = kernel.send("control", "kernel_info_request", {})
    content = kernel.reply(request, channel="control")["content"]
    assert content["language_info"] == {
        "name": "swift", "version": content["language_info"]["version"],
        "mimetype": "text/x-swift", "file_extension": ".swift", "pygments_lexer": "swift",
        "codemirror_mode": "swift"}
    assert content["supported_features"] == ["kernel subshells"]


@pytest.mark.parametrize("encryption", ["disabled", "required"])
@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_both_transports_work(start_kernel, transport, encryption, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    kernel = start_kernel(transport=transport, transport_encryption=encryption)
    assert kernel.run("1 + 1").value == "2"
    request = kernel.client.execute('readLine() ?? ""')
    kernel.client.get_stdin_msg(timeout=10)
    kernel.client.input("typed")
    assert kernel.finish(request).value == '"typed"'
    request = kernel.send("control", "kernel_info_request", {})
    assert kernel.reply(request, channel="control")["content"]["status"] == "ok"
    assert kernel.client.is_alive()


def answers(kernel, channel, has_keys):
    """Whether one of a kernel's five sockets answers somebody with its keys or without."""
    info = kernel.manager.get_connection_info()
    session = Session(key=info["key"])
    context = zmq.Context()
    kind = {"iopub": zmq.SUB, "hb": zmq.REQ}.get(channel, zmq.DEALER)
    socket = context.socket(kind)
    socket.linger = 0
    if has_keys:
        socket.curve_publickey, socket.curve_secretkey = zmq.curve_keypair()
        socket.curve_serverkey = info["curve_publickey"].encode()
    if channel == "stdin":
        # The kernel speaks first here, to whoever asked on the shell under this name.
        socket.identity = b"asker"
    socket.connect(f"tcp://{info['ip']}:{info[channel + '_port']}")
    asker = None
    if channel == "iopub":
        socket.subscribe(b"")
    elif channel == "hb":
        socket.send(b"ping")
    elif channel == "stdin":
        asker = context.socket(zmq.DEALER)
        asker.linger = 0
        asker.identity = b"asker"
        asker.curve_publickey, asker.curve_secretkey = zmq.curve_keypair()
        asker.curve_serverkey = info["curve_publickey"].encode()
        asker.connect(f"tcp://{info['ip']}:{info['shell_port']}")
        time.sleep(0.3)
        content = {"code": "readLine()", "allow_stdin": True, "stop_on_error": False}
        asker.send_multipart(session.serialize(session.msg("execute_request", content)))
    else:
        socket.send_multipart(session.serialize(session.msg("kernel_info_request", {})))
    has_answered = bool(socket.poll(3000 if has_keys else 500))
    if asker:
        request = kernel.send("control", "interrupt_request", {})
        kernel.reply(request, channel="control")
        asker.close()
    socket.close()
    context.term()
    return has_answered


def test_every_socket_of_an_encrypted_kernel_answers_those_with_its_key_alone(start_kernel):
    kernel = start_kernel(transport_encryption="required")
    assert kernel.manager.get_connection_info()["curve_publickey"]
    for channel in ["shell", "control", "stdin", "iopub", "hb"]:
        assert answers(kernel, channel, has_keys=True), channel
        assert not answers(kernel, channel, has_keys=False), channel
    assert kernel.run("1 + 1").value == "2"


def test_an_empty_key_means_no_signatures(start_kernel):
    kernel = start_kernel(session=Session(key=b""))
    assert kernel.manager.get_connection_info()["key"] == b""
    assert kernel.run("1 + 1").value == "2"


def test_a_second_front_end_is_welcomed_too(kernel):
    second = kernel.manager.client()
    second.start_channels()
    try:
        message = second.get_iopub_msg(timeout=5)
        assert message["msg_type"] == "iopub_welcome"
        assert message["content"] == {"subscription": ""}
    finally:
        second.stop_channels()


@pytest.mark.parametrize("code", ["1", 'print("on")\nvar n = 0\nwhile true { n += 1 }'])
def test_shutdown_replies_broadcasts_and_exits_in_time(start_kernel, code):
    kernel = start_kernel()
    if "while" in code:
        kernel.running(code)
    else:
        kernel.run(code)
    process = kernel.manager.provisioner.process
    start = time.monotonic()
    request = kernel.send("control", "shutdown_request", {"restart": False})
    assert kernel.reply(request, channel="control")["content"] == {
        "status": "ok", "restart": False}
    kinds = [m["msg_type"] for m in kernel.publications(request)]
    assert kinds == ["status", "shutdown_reply", "status"]
    assert process.wait(timeout=5) == 0
    assert time.monotonic() - start < 2


def test_sigterm_ends_the_kernel(start_kernel):
    kernel = start_kernel()
    process = kernel.manager.provisioner.process
    os.kill(process.pid, 15)
    assert process.wait(timeout=2) == 0


def test_a_kernel_restarts_empty(fresh_kernel):
    fresh_kernel.run("let gone = 1")
    fresh_kernel.manager.restart_kernel()
    fresh_kernel.client.wait_for_ready(timeout=30)
    assert fresh_kernel.run("gone").content["status"] == "error"


def test_the_installed_spec_is_whole():
    folder = f"{os.environ['JUPYTER_PATH']}/kernels/swift-vision"
    spec = json.load(open(f"{folder}/kernel.json"))
    assert spec["metadata"]["supported_encryption"] == ["curve"]
    assert os.access(spec["argv"][0], os.X_OK)
    assert {"logo-32x32.png", "logo-64x64.png", "logo-svg.svg"} <= set(os.listdir(folder))
