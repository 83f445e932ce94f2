"""Pages rendered by several processes: the same texts in the same order, and a failure told as by one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from select import select
from textwrap import dedent

import pytest

from claimdeck.cli import main
from tests.large_site import write_large_site

PROJECT = Path(__file__).resolve().parents[1]
FORKS = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux do several processes render")
START = """
    import os, sys, time
    sys.path.insert(0, {project!r})
    from claimdeck.present.workers import CHUNK, SINGLY, WORTH_IT, make_in_parts
    things, told = list(range(SINGLY + 7 * CHUNK + 3)), []
    first = os.getpid()

    def made_by(thing):
        time.sleep(0.002)  # so that no process is done before another has begun
        return thing, os.getpid()
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run *code* in a process without threads, which a test runner's own is not."""
    script = dedent(START).format(project=str(PROJECT)) + dedent(code)
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)


@FORKS
@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_share_what_is_to_be_made_and_keep_its_order(jobs):
    done = run(f"""
        made = make_in_parts(made_by, things, {jobs}, told.append)
        print(len({{process for _, process in made}}), [thing for thing, _ in made] == things)
        print(told == sorted(told) and len(told) > 5 and told[-1] <= len(things))
    """)
    assert (done.stdout, done.stderr) == (f"{jobs} True\nTrue\n", "")


@pytest.mark.parametrize(("number", "jobs"), [(1, 2), (0, 2), (2, 1)])
def test_few_things_or_one_job_need_no_other_process(number, jobs):
    done = run(f"""
        made = make_in_parts(lambda thing: os.getpid(), things[:{number}], {jobs}, told.append)
        print(made == [os.getpid()] * {number})
    """)
    assert (done.stdout, done.stderr) == ("True\n", "")


@FORKS
def test_what_takes_long_and_comes_first_is_shared_too():
    done = run("""
        made = make_in_parts(made_by, things[:WORTH_IT], 2, told.append)
        print(len({process for _, process in made[:6]}), len({process for _, process in made}))
    """)
    assert (done.stdout, done.stderr) == ("2 2\n", "")


@FORKS
def test_what_a_process_took_that_was_killed_is_made_by_the_first():
    done = run("""
        def killed(thing):
            time.sleep(0.002)
            if os.getpid() != first and thing > 50:
                os._exit(9)
            return thing

        print(make_in_parts(killed, things, 2, told.append) == things)
    """)
    assert (done.stdout, done.stderr) == ("True\n", "")


@FORKS
@pytest.mark.parametrize("jobs", [2, 3])
def test_no_process_outlives_for_long_the_one_that_started_it(jobs):
    code = f"""
        def made_by_all(thing):
            os.write(1, b"%d\\n" % os.getpid())
            time.sleep(0.02)
            return b"x" * 100_000  # more than a pipe holds

        make_in_parts(made_by_all, things, {jobs}, told.append)
    """
    script = dedent(START).format(project=str(PROJECT)) + dedent(code)
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, bufsize=0)
    seen = set()
    while len(seen) < jobs:
        seen.add(int(process.stdout.readline()))
    process.kill()
    process.wait()
    end, told = time.monotonic() + 10, b"?"
    while told and time.monotonic() < end:  # nothing is told any more when all have closed it
        told = process.stdout.read(1000) if select([process.stdout], [], [], 1)[0] else told
    if told:
        for other in seen - {process.pid}:
            os.kill(other, signal.SIGKILL)
    process.stdout.close()
    assert not told


@FORKS
def test_what_fails_in_another_process_fails_here_with_its_traceback():
    done = run("make_in_parts(lambda thing: 1 / (thing - 25), things, 2, told.append)")
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr.splitlines()[-1]
    assert done.stderr.count("Traceback") == 1


@FORKS
def test_a_process_with_threads_is_not_forked():
    done = run("""
        import threading
        stop = threading.Event()
        thread = threading.Thread(target=stop.wait)
        thread.start()
        made = make_in_parts(lambda thing: made_by(thing)[1], things, 2, told.append)
        stop.set()
        print(len(set(made)))
    """)
    assert (done.stdout, done.stderr) == ("1\n", "")


def build(root, output, *options):
    command = [
        sys.executable,
        str(PROJECT / "build.py"),
        "build",
        "--root",
        str(root),
        "--output",
        str(output),
        *options,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@FORKS
def test_a_site_built_by_two_processes_has_the_same_bytes(tmp_path):
    write_large_site(tmp_path / "site", 150)
    settings = tmp_path / "site" / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "pictures: false\n", encoding="utf-8")
    for jobs in ("1", "2"):
        assert build(tmp_path / "site", tmp_path / jobs, "--jobs", jobs).returncode == 0
    digests = [(tmp_path / jobs / "digests.json").read_bytes() for jobs in ("1", "2")]
    assert digests[0] == digests[1]
    template = tmp_path / "site" / "templates" / "pages" / "source.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ nothing }}", encoding="utf-8")
    failed = [build(tmp_path / "site", tmp_path / "never", "--jobs", jobs) for jobs in ("1", "2")]
    assert failed[0].stderr == failed[1].stderr
    assert (failed[0].returncode, failed[1].returncode) == (1, 1)
    assert "Traceback" not in failed[1].stderr


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5"])
def test_jobs_is_a_number_from_1_on(jobs, capsys):
    with pytest.raises(SystemExit) as end:
        main(["build", "--jobs", jobs])
    assert end.value.code == 2
    assert "is not a number from 1 on" in capsys.readouterr().err


def test_without_the_cache_nothing_is_taken_from_it_and_nothing_put_there(site, tmp_path):
    assert main(["build", "--root", str(site.root), "--output", str(tmp_path / "dist"), "--no-cache"]) == 0
    assert not (site.root / ".cache").exists()
