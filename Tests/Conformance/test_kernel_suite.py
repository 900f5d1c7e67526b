"""jupyter_kernel_test with every check switched on."""

from jupyter_kernel_test import IopubWelcomeTests, KernelTests


class SwiftVisionTests(KernelTests):
    kernel_name = "swift-vision"
    language_name = "swift"
    file_extension = ".swift"

    code_hello_world = 'print("hello, world")'
    # Declaring a name anew that a function still uses is worth a warning.
    code_stderr = "let shade = 2"
    completion_samples = [
        {"text": "let untouched = 1; untou", "matches": {"untouched"}},
        {"text": "pri", "matches": {"print"}},
    ]
    complete_code_samples = ["1 + 1", 'print("hello")', "for i in 0..<3 {\n    print(i)\n}"]
    incomplete_code_samples = ["1 +", "func f() {", 'print("a",', "let text = \"\"\"\nabc"]
    invalid_code_samples = ["let = 3", "1 + )"]
    code_page_something = "?print"
    code_generate_error = "[1, 2, 3][7]"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": "\"ab\""},
    ]
    code_display_data = [{"code": "display(7)", "mime": "text/plain"}]
    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "print"
    code_clear_output = "clearOutput(wait: true)"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("let shade = 1", "func shaded() -> Int { shade }"):
            cls.kc.execute_interactive(code, timeout=30)


class SwiftVisionWelcomeTests(IopubWelcomeTests):
    kernel_name = "swift-vision"
    support_iopub_welcome = True


del KernelTests, IopubWelcomeTests
