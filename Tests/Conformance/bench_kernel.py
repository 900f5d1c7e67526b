"""Times the kernel beside ipykernel, in one run on one machine.

    python Tests/Conformance/bench_kernel.py

Prints for both: ready (start to a kernel that answers, on jupyter_client's clock), the memory that
an idle kernel holds, the round trip of a trivial cell, and how long an interrupt of a running loop
takes. The last column is ours over theirs.
"""

import statistics
import time

from jupyter_client.manager import KernelManager

from conversation import Conversation
from memory import resident_megabytes

LOOPS = {
    "swift-vision": 'print("on")\nvar n = 0\nwhile true { n += 1 }',
    "python3": 'print("on", flush=True)\nn = 0\nwhile True: n += 1',
}
TENSORS = {"swift-vision": "Tensor.ones([2, 2]).sum()", "python3": "sum([1, 1])"}


def milliseconds(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def start(name):
    manager = KernelManager(kernel_name=name)
    manager.start_kernel()
    return Conversation(manager)


def figures(name, starts=5, trips=300, interrupts=10):
    ready, first, memory = [], [], []
    for number in range(starts):
        begin = time.perf_counter()
        kernel = start(name)
        ready.append((time.perf_counter() - begin) * 1000)
        memory.append(resident_megabytes(kernel.pid))
        first.append(milliseconds(lambda: kernel.run(TENSORS[name])))
        if number + 1 < starts:
            kernel.close()
    for _ in range(20):
        kernel.run("1+1")
    trip = [milliseconds(lambda: kernel.run("1+1")) for _ in range(trips)]
    stops = {"message": [], "SIGINT": []}
    for how in stops:
        for _ in range(interrupts):
            request = kernel.running(LOOPS[name])

            def interrupt():
                if how == "message" and name != "python3":
                    kernel.manager.interrupt_kernel()
                else:
                    kernel.manager.signal_kernel(2)
                kernel.reply(request)

            stops[how].append(milliseconds(interrupt))
            for _ in kernel.publications(request):
                pass
    kernel.close()
    return {
        "ready": ready, "idle memory (MB)": memory, "first cell": first, "1+1 round trip": trip,
        "interrupt by message": stops["message"], "interrupt by SIGINT": stops["SIGINT"],
    }


def main():
    ours, theirs = figures("swift-vision"), figures("python3")
    print(f"{'milliseconds, median (worst)':30} {'swift-vision':>18} {'ipykernel':>18} {'ratio':>7}")
    for name in ours:
        mine, other = statistics.median(ours[name]), statistics.median(theirs[name])
        print(
            f"{name:30} {mine:9.2f} ({max(ours[name]):6.1f}) {other:9.2f} ({max(theirs[name]):6.1f})"
            f" {mine / other:7.2f}")


if __name__ == "__main__":
    main()
