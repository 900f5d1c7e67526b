"""A terminal emulator, tmux, with the prompt in it: what a person would see."""

import os
import pathlib
import shlex
import subprocess
import time
import uuid

from built_prompt import executable


class Terminal:
    """A window of tmux on a server of its own."""

    def __init__(self, environment, folder, columns=80, rows=24, command=None):
        self.name = f"visionrepl-{uuid.uuid4().hex[:8]}"
        settings = [f"{name}={value}" for name, value in environment.items()]
        command = command or [executable()]
        # The program gets this environment and the TERM of tmux.
        line = shlex.join(["env", "-i", *settings, "TERM=screen-256color", *command])
        self.tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "-s", "x",
            "-c", str(folder), f"exec {line}")
        self.tmux("set-option", "-g", "remain-on-exit", "on")
        self.tmux("set-option", "-g", "status", "off")
        self.tmux("set-option", "-sg", "escape-time", "10")

    def tmux(self, *arguments):
        done = subprocess.run(
            ["tmux", "-L", self.name, *arguments], capture_output=True, text=True, timeout=20)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def type(self, text):
        self.tmux("send-keys", "-t", "x", "-l", text)

    def press(self, *keys):
        """Presses keys by the names that tmux gives them, such as Enter, Up and C-a."""
        self.tmux("send-keys", "-t", "x", *keys)

    def paste(self, text):
        """Pastes a text as a terminal does, bracketed where the program asked for that."""
        self.tmux("set-buffer", text)
        self.tmux("paste-buffer", "-p", "-r", "-t", "x")

    def resize(self, columns, rows):
        self.tmux("resize-window", "-t", "x", "-x", str(columns), "-y", str(rows))

    def screen(self, colors=False):
        """The lines of the screen without blanks at their ends and without empty ones at its end.
        With colours as escape sequences."""
        text = self.tmux("capture-pane", "-p", "-t", "x", *(["-e"] if colors else []))
        return text.rstrip("\n").split("\n")

    def all_lines(self):
        """The lines of the screen and those that have left it."""
        return self.tmux("capture-pane", "-p", "-S", "-", "-t", "x").rstrip("\n").split("\n")

    def cursor(self):
        """The column and the row of the cursor, from 0."""
        place = self.tmux("display-message", "-p", "-t", "x", "#{cursor_x},#{cursor_y}")
        return tuple(int(part) for part in place.strip().split(","))

    def wait(self, condition, seconds=15):
        """Waits until the lines of the screen fulfil a condition and gives them."""
        end = time.monotonic() + seconds
        while True:
            lines = self.screen()
            if condition(lines):
                return lines
            assert time.monotonic() < end, "the screen shows:\n" + "\n".join(lines)
            time.sleep(0.03)

    def wait_for(self, *lines):
        """Waits until the screen ends with these lines."""
        expected = list(lines)
        return self.wait(lambda shown: shown[-len(expected):] == expected)

    def close(self):
        subprocess.run(
            ["tmux", "-L", self.name, "kill-server"], capture_output=True, timeout=20)
        # The server leaves its socket behind.
        folder = pathlib.Path(os.environ.get("TMUX_TMPDIR", "/tmp"))
        (folder / f"tmux-{os.getuid()}" / self.name).unlink(missing_ok=True)
