"""A front end for tests: sends requests and sorts what comes back by request."""

import time
from queue import Empty


class Ran:
    """What one execute request brought: its reply and its publications, busy and idle included."""

    def __init__(self, reply, messages):
        self.reply = reply
        self.content = reply["content"]
        self.messages = messages

    @property
    def kinds(self):
        return [m["content"].get("execution_state", m["msg_type"]) for m in self.messages]

    def outputs(self, *types):
        return [m["content"] for m in self.messages if m["msg_type"] in types]

    def text(self, name="stdout"):
        return "".join(c["text"] for c in self.outputs("stream") if c["name"] == name)

    @property
    def value(self):
        """The text of the cell's result."""
        results = self.outputs("execute_result")
        return results[0]["data"]["text/plain"] if results else None


class Conversation:
    def __init__(self, manager):
        self.manager = manager
        self.client = manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=30)

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def close(self):
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=False)

    def run(self, code, timeout=30, **options):
        return self.finish(self.client.execute(code, **options), timeout)

    def finish(self, request, timeout=30):
        """Waits for the reply and the idle of a request that was sent."""
        messages = list(self.publications(request, timeout))
        return Ran(self.reply(request, timeout), messages)

    def reply(self, request, timeout=30, channel="shell"):
        get = getattr(self.client, f"get_{channel}_msg")
        deadline = time.monotonic() + timeout
        while True:
            message = get(timeout=max(0.001, deadline - time.monotonic()))
            if message["parent_header"].get("msg_id") == request:
                return message

    def publications(self, request, timeout=30):
        """Yields what is published for a request, up to its idle."""
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != request:
                continue
            yield message
            if message["content"].get("execution_state") == "idle":
                return

    def running(self, code, **options):
        """Sends a cell and waits until it has printed something."""
        request = self.client.execute(code, **options)
        for message in self.publications(request):
            if message["msg_type"] == "stream":
                return request
        raise AssertionError(f"{code!r} ended before it printed")

    def nothing_follows(self, seconds=0.3):
        try:
            message = self.client.get_iopub_msg(timeout=seconds)
        except Empty:
            return
        raise AssertionError(f"after idle came {message['msg_type']}: {message['content']}")

    def send(self, channel, message_type, content):
        """Sends any message and answers its identifier."""
        message = self.client.session.msg(message_type, content)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]
