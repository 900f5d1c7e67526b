"""A JupyterLab server with the built kernel, and a browser that looks at it.

VISION_BUILD names the folder of the executables, SCREENSHOTS the one that pictures go to.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

CHECKOUT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("VISION_BUILD") or CHECKOUT / ".build/release")
SCREENSHOTS = Path(os.environ.get("SCREENSHOTS") or CHECKOUT / ".build/screenshots")

# Every cell is drawn, also those that are scrolled out of sight, and nothing lies over them.
SETTINGS = {
    "notebook-extension/tracker": '{"windowingMode": "none"}',
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The address of a server, and the folder that it shows."""
    folder = tmp_path_factory.mktemp("lab")
    subprocess.run(
        [BUILD / "visionkernel", "install", "--prefix", folder / "prefix"], check=True,
        stdout=subprocess.DEVNULL)
    for name, text in SETTINGS.items():
        path = folder / "settings/@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    shutil.copy(CHECKOUT / "Notebooks/photographs/chelsea.png", notebooks)
    environment = dict(
        os.environ, JUPYTER_PATH=str(folder / "prefix/share/jupyter"),
        JUPYTER_CONFIG_DIR=str(folder / "config"), JUPYTER_RUNTIME_DIR=str(folder / "runtime"),
        JUPYTERLAB_SETTINGS_DIR=str(folder / "settings"),
        JUPYTERLAB_WORKSPACES_DIR=str(folder / "workspaces"),
        XDG_STATE_HOME=str(folder / "state"))
    port = free_port()
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
         "--ip=127.0.0.1", "--IdentityProvider.token=", "--ServerApp.password=",
         "--LabApp.news_url=", f"--ServerApp.root_dir={notebooks}"],
        env=environment, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{address}/api/status", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None and time.monotonic() < deadline, \
                    (folder / "server.log").read_text()
                time.sleep(0.2)
        yield address, notebooks
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="session")
def browser():
    options = webdriver.ChromeOptions()
    for argument in (
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
            "--force-device-scale-factor=1", "--window-size=1200,1000"):
        options.add_argument(argument)
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome")
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    yield driver
    driver.quit()
