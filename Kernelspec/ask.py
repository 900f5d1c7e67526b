"""Runs one cell through the installed Swift Vision kernel and prints its answer.

    python Kernelspec/ask.py '1 + 1'
"""

import sys

from jupyter_client.manager import start_new_kernel


def main(code: str) -> int:
    manager, client = start_new_kernel(kernel_name="swift-vision")
    failed = False

    def show(message):
        nonlocal failed
        content = message["content"]
        if message["msg_type"] == "stream":
            print(content["text"], end="")
        elif message["msg_type"] in ("execute_result", "display_data"):
            print(content["data"]["text/plain"])
        elif message["msg_type"] == "error":
            print("\n".join(content["traceback"]), file=sys.stderr)
            failed = True

    try:
        client.execute_interactive(code, output_hook=show, timeout=60)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=False)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
