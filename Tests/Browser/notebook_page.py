"""A notebook in JupyterLab, as a person uses it: menus, keys, and what can be seen."""

import time

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from conftest import SCREENSHOTS


class NotebookPage:
    def __init__(self, browser, address, name):
        self.browser = browser
        browser.get(f"{address}/lab/tree/{name}?reset")
        self.wait(self.is_idle, 60)

    def wait(self, condition, seconds=30):
        """Waits until the condition holds, and answers what it gives."""
        return WebDriverWait(self.browser, seconds, 0.1).until(lambda _: condition())

    def find(self, selector, within=None):
        return (within or self.browser).find_elements(By.CSS_SELECTOR, selector)

    def is_idle(self):
        """Whether the status bar says that the kernel is there and does nothing."""
        return any(bar.text.find("Swift Vision | Idle") >= 0
                   for bar in self.find("#jp-main-statusbar"))

    @property
    def cells(self):
        return self.find(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell")

    def prompt(self, number):
        return self.find(".jp-InputArea-prompt", self.cells[number])[0].text

    def is_over(self):
        """Whether cells have run and none is left that waits or runs."""
        prompts = [element.text for element in self.find(".jp-CodeCell .jp-InputArea-prompt")]
        return prompts[0] != "[ ]:" and "[*]:" not in prompts and self.is_idle()

    def ran(self, number):
        """Whether a cell has a number, which it gets when it has run."""
        return any(character.isdigit() for character in self.prompt(number))

    def outputs(self, number):
        return self.find(".jp-OutputArea-output", self.cells[number])

    def text(self, number):
        return "\n".join(output.text for output in self.outputs(number))

    def run_all(self):
        self.choose(".lm-MenuBar-item", "Run")
        self.choose(".lm-Menu-itemLabel", "Run All Cells")

    def choose(self, selector, label):
        """Clicks what has a label, once it is there."""
        self.wait(lambda: next(
            (item for item in self.find(selector) if item.text == label), None)).click()

    def click(self, number):
        """Puts the cursor into a cell."""
        editor = self.find(".cm-content", self.cells[number])[0]
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", editor)
        editor.click()

    def keys(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()

    def chord(self, held, key):
        """A key while another one is held."""
        ActionChains(self.browser).key_down(held).send_keys(key).key_up(held).perform()

    def run(self, number):
        self.click(number)
        self.chord(Keys.CONTROL, Keys.ENTER)

    def interrupt(self):
        """As a person does: out of the cell, then I twice."""
        self.keys(Keys.ESCAPE, "ii")

    def picture(self, name, number=None):
        """Keeps what can be seen, of the whole page or of one cell."""
        path = str(SCREENSHOTS / f"{name}.png")
        if number is None:
            self.browser.save_screenshot(path)
        else:
            cell = self.cells[number]
            self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", cell)
            time.sleep(0.3)
            cell.screenshot(path)

    def natural_sizes(self, number, selector="img"):
        """Width and height of the pictures of a cell as the browser decoded them; 0 for broken."""
        return [
            (image.get_property("naturalWidth"), image.get_property("naturalHeight"))
            for image in self.find(f".jp-OutputArea-output {selector}", self.cells[number])]
