"""The executable under test, run with a state folder of its own."""

import os
import re
import subprocess

import pexpect
import pytest

from built_prompt import executable


@pytest.fixture
def environment(tmp_path):
    clean = {
        name: value for name, value in os.environ.items()
        if name not in ("NO_COLOR", "COLORTERM", "VISION_PICTURES", "PAGER", "LESS", "TMUX")}
    return clean | {
        "XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "TERM": "xterm-256color", "LANG": "C.UTF-8", "INPUTRC": "/dev/null"}


@pytest.fixture
def run(environment, tmp_path):
    """Runs it without a terminal and gives what it wrote and its status."""

    def call(*arguments, stdin=None, **extra):
        return subprocess.run(
            [executable(), *arguments], input=stdin, capture_output=True, text=True, timeout=60,
            cwd=tmp_path, env=environment | extra,
            stdin=subprocess.DEVNULL if stdin is None else None)

    return call


class Prompt:
    """A person at a terminal."""

    def __init__(self, child):
        self.child = child

    def ready(self, number):
        """Waits for the prompt with this number and gives the lines before it, without the codes
        that move the cursor."""
        self.child.expect(rf"{number}> ")
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", self.child.before)

    def type(self, text):
        self.child.send(text)

    def enter(self, line):
        self.child.send(line + "\r")

    def interrupt(self):
        self.child.send("\x03")

    def leave(self):
        self.child.send("\x04")
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus


@pytest.fixture
def prompt(environment, tmp_path):
    """Opens prompts on pseudo-terminals of 100 by 40 characters."""
    children = []

    def call(**extra):
        child = pexpect.spawn(
            executable(), encoding="utf-8", timeout=10, dimensions=(40, 100), cwd=str(tmp_path),
            env=environment | {"NO_COLOR": "1"} | extra)
        children.append(child)
        return Prompt(child)

    yield call
    for child in children:
        child.close(force=True)
