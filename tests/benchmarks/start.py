"""Starts the program in its arguments, and prints how many seconds it took and its largest process in MiB."""

import os
import subprocess
import sys
import time

start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(process.pid, 0)
seconds = time.perf_counter() - start
memory = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
print(f"\n{seconds} {memory}", flush=True)
sys.exit(os.waitstatus_to_exitcode(status) and 1)
