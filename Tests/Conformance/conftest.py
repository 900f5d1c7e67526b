"""Starts the kernel that was built, as Jupyter would. Histories go to a folder of their own."""

import os
import subprocess
import tempfile

import pytest
from jupyter_client.manager import KernelManager

from built_kernel import BUILD
from conversation import Conversation


def pytest_configure(config):
    folder = tempfile.TemporaryDirectory(prefix="conformance-")
    config.add_cleanup(folder.cleanup)
    os.environ["XDG_STATE_HOME"] = folder.name + "/state"
    os.environ["JUPYTER_PATH"] = folder.name + "/share/jupyter"
    subprocess.run(
        [BUILD / "visionkernel", "install", "--prefix", folder.name], check=True,
        stdout=subprocess.DEVNULL)


def start(**arguments):
    manager = KernelManager(kernel_name="swift-vision", **arguments)
    manager.start_kernel()
    return Conversation(manager)


@pytest.fixture(scope="module")
def kernel():
    """One kernel for the tests of a file."""
    conversation = start()
    yield conversation
    conversation.close()


@pytest.fixture
def fresh_kernel():
    """A kernel for one test."""
    conversation = start()
    yield conversation
    conversation.close()


@pytest.fixture
def start_kernel():
    """Starts kernels with arguments of the test's choice."""
    conversations = []

    def make(**arguments):
        conversations.append(start(**arguments))
        return conversations[-1]

    yield make
    for conversation in conversations:
        conversation.close()
