"""One history file, several kernels."""

import threading


def asked(kernel, **query):
    return kernel.reply(kernel.client.history(**query))["content"]["history"]


def test_kernels_that_run_at_once_keep_their_lines_apart(start_kernel):
    kernels = [start_kernel() for _ in range(3)]
    count = 40

    def work(kernel, name):
        for line in range(count):
            kernel.run(f'"{name} {line}"')

    threads = [
        threading.Thread(target=work, args=(kernel, name))
        for name, kernel in enumerate(kernels)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sessions = set()
    for name, kernel in enumerate(kernels):
        own = asked(kernel, hist_access_type="range", session=0, start=1, stop=1000, output=True)
        assert [line for _, line, _ in own] == list(range(1, count + 1))
        assert [texts for _, _, texts in own] == [
            [f'"{name} {line}"', f'"{name} {line}"'] for line in range(count)]
        sessions.add(own[0][0])
    assert len(sessions) == len(kernels)
    # Each sees what the others wrote.
    for kernel in kernels:
        tail = asked(kernel, hist_access_type="tail", n=count * len(kernels))
        assert {session for session, _, _ in tail} == sessions
        assert len(tail) == count * len(kernels)
        for session in sessions:
            part = asked(kernel, hist_access_type="range", session=session, start=3, stop=5)
            assert [(s, line) for s, line, _ in part] == [(session, 3), (session, 4)]


def test_search_takes_patterns_and_leaves_out_repetitions(kernel):
    for code in ["let needle = 1", "2", "let needle = 1", "let needle = 3"]:
        kernel.run(code)
    found = asked(kernel, hist_access_type="search", pattern="let needle*", n=10)
    assert [code for _, _, code in found] == ["let needle = 1", "let needle = 1", "let needle = 3"]
    found = asked(kernel, hist_access_type="search", pattern="*needle = ?", n=10, unique=True)
    assert [code for _, _, code in found] == ["let needle = 1", "let needle = 3"]
    found = asked(kernel, hist_access_type="search", pattern="let needle*", n=1)
    assert [code for _, _, code in found] == ["let needle = 3"]


def test_what_a_session_before_ran_is_there_after_a_restart(fresh_kernel):
    kernel = fresh_kernel
    kernel.run("let before = 1")
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(timeout=30)
    kernel.run("let after = 2")
    assert asked(kernel, hist_access_type="range", session=0)[-1][2] == "let after = 2"
    assert [code for _, _, code in asked(kernel, hist_access_type="range", session=-1)] == [
        "let before = 1"]


def test_silent_and_unstored_cells_leave_no_trace(kernel):
    kernel.run("let traced = 1")
    kernel.run("let hidden = 1", silent=True)
    kernel.run("let unstored = 1", store_history=False)
    assert asked(kernel, hist_access_type="tail", n=1)[0][2] == "let traced = 1"


def test_an_unknown_kind_of_access_is_an_error(kernel):
    request = kernel.send("shell", "history_request", {"hist_access_type": "all"})
    assert kernel.reply(request)["content"]["status"] == "error"
