"""What a front end may rely on when it runs cells."""

import time

import pytest


def test_everything_comes_in_order(kernel):
    ran = kernel.run('print("a")\ndisplay(1)\n2 + 3')
    assert ran.kinds == [
        "busy", "execute_input", "stream", "display_data", "execute_result", "idle"]
    assert ran.value == "5"
    assert ran.content["status"] == "ok"
    assert ran.content["payload"] == []
    kernel.nothing_follows()


def test_silent_leaves_no_trace(kernel):
    before = kernel.run("0").content["execution_count"]
    ran = kernel.run('print("a")\n1', silent=True)
    assert ran.kinds == ["busy", "idle"]
    assert kernel.run("0").content["execution_count"] == before + 1


def test_only_stored_cells_count(kernel):
    before = kernel.run("0").content["execution_count"]
    assert kernel.run("1", store_history=False).content["execution_count"] == before
    assert kernel.run("0").content["execution_count"] == before + 1


def test_user_expressions_are_answered_one_by_one(kernel):
    ran = kernel.run("let five = 5", user_expressions={"good": "five * 2", "bad": "nobody"})
    answers = ran.content["user_expressions"]
    assert answers["good"]["status"] == "ok"
    assert answers["good"]["data"]["text/plain"] == "10"
    assert answers["bad"]["status"] == "error"
    assert answers["bad"]["ename"]
    assert ran.kinds == ["busy", "execute_input", "idle"]


def test_an_error_is_one_output_and_the_variables_live(kernel):
    ran = kernel.run('let kept = 9\nprint("before")\n[1][5]\nprint("after")')
    assert ran.kinds == ["busy", "execute_input", "stream", "error", "idle"]
    assert ran.content["status"] == "error"
    error = ran.outputs("error")[0]
    assert (error["ename"], error["evalue"]) == (ran.content["ename"], ran.content["evalue"])
    assert error["traceback"] and error["traceback"] == ran.content["traceback"]
    assert kernel.run("kept").value == "9"


def test_an_error_aborts_what_is_queued(kernel):
    # The question holds the first cell until the others are queued.
    first = kernel.client.execute("let answer = readLine()\n[1][5]")
    kernel.client.get_stdin_msg(timeout=10)
    queued = [kernel.client.execute(f"let ran{i} = 1") for i in range(3)]
    time.sleep(0.2)
    kernel.client.input("go")
    assert kernel.reply(first)["content"]["status"] == "error"
    for request in queued:
        ran = kernel.finish(request)
        assert ran.kinds == ["busy", "idle"]
        assert ran.content["status"] == "error"
        assert {"ename", "evalue", "traceback", "execution_count"} <= ran.content.keys()
    assert kernel.run("1").content["status"] == "ok"
    assert kernel.run("ran0").content["status"] == "error"


def test_questions_reach_the_person_who_asked(kernel):
    request = kernel.client.execute('print("hello " + (readLine() ?? "nobody"))')
    question = kernel.client.get_stdin_msg(timeout=10)
    assert question["msg_type"] == "input_request"
    assert question["parent_header"]["msg_id"] == request
    assert question["content"]["password"] is False
    kernel.client.input("Ada")
    assert kernel.finish(request).text() == "hello Ada\n"


def test_passwords_are_asked_for_as_passwords(kernel):
    request = kernel.client.execute('readPassword("Token: ") ?? "nothing"')
    question = kernel.client.get_stdin_msg(timeout=10)
    assert question["content"] == {"prompt": "Token: ", "password": True}
    kernel.client.input("secret")
    assert kernel.finish(request).value == '"secret"'


@pytest.mark.parametrize("code", ["?print", "print?", "?Tensor.zeros", ":help", ":help conv2d"])
def test_help_is_one_page(kernel, code):
    ran = kernel.run(code)
    assert [page["source"] for page in ran.content["payload"]] == ["page"]
    assert ran.content["payload"][0]["data"]["text/plain"]
    assert ran.kinds == ["busy", "execute_input", "idle"]


def test_a_silent_error_is_told_in_the_reply(kernel):
    ran = kernel.run("[1][5]", silent=True)
    assert ran.content["status"] == "error" and ran.content["ename"]


def test_an_endless_user_expression_can_be_interrupted(kernel):
    request = kernel.client.execute("1", user_expressions={"x": "{ while true {} }()"})
    time.sleep(0.3)
    kernel.manager.interrupt_kernel()
    answers = kernel.reply(request)["content"]["user_expressions"]
    assert answers["x"]["ename"] == "Interrupted"


def test_without_stdin_a_question_is_an_error(kernel):
    assert kernel.run("readLine()", allow_stdin=False).content["status"] == "error"


@pytest.mark.parametrize("how", ["message", "signal"])
@pytest.mark.parametrize("code", ["var n = 0\nwhile true { n += 1 }", "readLine()"])
def test_an_interrupt_answers_within_200_ms(kernel, how, code):
    kernel.run("var survivor = 3")
    if code == "readLine()":
        request = kernel.client.execute(code)
        kernel.client.get_stdin_msg(timeout=10)
    else:
        request = kernel.running('print("on")\n' + code)
    start = time.monotonic()
    if how == "message":
        kernel.manager.interrupt_kernel()
    else:
        kernel.manager.signal_kernel(2)
    reply = kernel.reply(request)
    elapsed = time.monotonic() - start
    assert reply["content"]["status"] == "error"
    assert elapsed < 0.2
    assert kernel.run("survivor").value == "3"


def test_an_interrupt_while_idle_is_harmless(kernel):
    kernel.manager.signal_kernel(2)
    kernel.manager.interrupt_kernel()
    time.sleep(0.1)
    assert kernel.run("1 + 1").value == "2"


def test_the_shell_answers_while_a_cell_runs(kernel):
    request = kernel.running('print("on")\nvar n = 0\nwhile true { n += 1 }')
    for ask in (
        lambda: kernel.client.complete("pri", 3),
        lambda: kernel.client.inspect("print", 5),
        lambda: kernel.client.is_complete("1 +"),
        lambda: kernel.client.history(hist_access_type="tail", n=1),
        lambda: kernel.client.kernel_info(),
    ):
        start = time.monotonic()
        assert kernel.reply(ask())["content"]["status"] != "error"
        assert time.monotonic() - start < 0.25
    kernel.manager.interrupt_kernel()
    assert kernel.reply(request)["content"]["status"] == "error"


def test_offsets_count_code_points(kernel):
    code = 'let 🐦é = "🐦"; pri'
    reply = kernel.reply(kernel.client.complete(code, len(code)))["content"]
    assert (reply["cursor_start"], reply["cursor_end"]) == (len(code) - 3, len(code))
    assert reply["metadata"]["_jupyter_types_experimental"][0]["text"] == "print"
