"""The one command: what it says, what it passes on, and that it leaves nothing running."""

import ast
import errno
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import MappingProxyType

import psutil
import pytest

import course
from launch import command, lab, places
from launch.process import ROOT, Stop

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


def call(*words, **env):
    """Run course.py as a person does."""
    line = [sys.executable, ROOT / "course.py", *words]
    return subprocess.run(line, env={**os.environ, **env}, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def calls(monkeypatch):
    """Set-up and programmes are only written down; `calls.codes` says how a programme ends."""

    class Calls(list):
        codes = MappingProxyType({})

        def run(self, line, env, **how):
            words = [Path(line[0]).stem, *map(str, line[1:])]
            self.append(words)
            return next((code for name, code in self.codes.items() if name in words), 0)

    made = Calls()
    monkeypatch.setattr(command, "run", made.run)
    monkeypatch.setattr(command, "set_up", lambda which: made.append(["set up", which]))
    return made


@pytest.mark.parametrize("words", [(), ("app",), ("test",), ("bench",), ("figures",)])
def test_each_command_explains_itself(words):
    answer = call(*words, "--help")
    assert answer.returncode == 0
    assert " ".join(["usage: python course.py", *words]) in answer.stdout


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["tset"], "'tset'"),
        (["--prot", "80"], "--prot"),
        (["--port", "eighty"], "'eighty'"),
        (["--port", "-1"], "-1"),
        (["--port", "70000"], "70000"),
        (["--no-browser", "test"], "test"),
    ],
)
def test_a_mistake_on_the_command_line_gets_one_sentence_that_names_it(words, named):
    answer = call(*words)
    assert answer.returncode == 2
    assert named in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert answer.stdout == ""


def test_a_taken_port_gets_one_sentence_before_anything_is_installed():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        answer = call("--no-browser", "--port", port)
    assert answer.returncode == 1
    assert answer.stderr == f"Port {port} is taken; give another one, or leave --port out.\n"


def test_course_py_itself_uses_nothing_that_an_old_python_does_not_know():
    tree = ast.parse((ROOT / "course.py").read_text(), feature_version=(3, 7))
    young = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Starred)
    assert not [node for node in ast.walk(tree) if isinstance(node, young) or getattr(node, "annotation", None)]


def test_an_old_python_looks_for_a_newer_one_and_else_says_which_it_needs(monkeypatch, capsys):
    monkeypatch.setattr(course, "OLDEST", (99,))
    monkeypatch.setattr(course, "NAMES", ["no-such-python"])
    assert course.main() == 1
    assert capsys.readouterr().err.count("\n") == 1
    taken = []
    monkeypatch.setattr(course, "NAMES", ["no-such-python", sys.executable])
    monkeypatch.setattr(course.os, "execvp", lambda *line: taken.append(line))
    monkeypatch.setattr(course.subprocess, "call", lambda *line, **how: 0)
    monkeypatch.setattr(sys, "argv", ["course.py", "test"])
    course.main()
    if sys.platform != "win32":
        assert taken[0][1][1:] == [str(ROOT / "course.py"), "test"]


def test_all_checks_run_even_if_one_fails_and_the_tests_come_last_with_what_was_passed_on(calls):
    calls.codes = {"ruff": 1}
    assert command.command(["test", "-k", "size"]) == 1
    assert [words[0] for words in calls] == ["set up", "ruff", "ruff", "mypy", "lint-imports", "python"]
    assert calls[0] == ["set up", "test"]
    assert calls[-1][1:3] == ["-m", "pytest"]
    assert calls[-1][-2:] == ["-k", "size"]


@pytest.mark.parametrize(("codes", "code"), [({}, 0), ({"pytest": 3}, 3), ({"mypy": -15}, 1)])
def test_the_tests_pass_only_if_every_check_does(calls, codes, code):
    calls.codes = codes
    assert command.command(["test"]) == code


@pytest.mark.parametrize(("chosen", "programme"), [("bench", "benchmarks"), ("figures", "figures")])
def test_bench_and_figures_pass_their_words_on(calls, chosen, programme):
    assert command.command([chosen, "kernel", "5"]) == 0
    assert calls == [["set up", "test"], ["python", "-m", programme, "kernel", "5"]]


def test_another_jupyter_neither_helps_nor_harms(monkeypatch, tmp_path):
    harmful = {
        "PYTHONPATH": "elsewhere",
        "PYTHONHOME": "elsewhere",
        "PYTHONSTARTUP": "elsewhere",
        "JUPYTER_PATH": "elsewhere",
        "JUPYTERLAB_DIR": "elsewhere",
        "IPYTHONDIR": "elsewhere",
        "PIP_TARGET": "elsewhere",
        "PIP_USER": "1",
    }
    for name, value in harmful.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HTTPS_PROXY", "needed")
    env = places.environment(tmp_path)
    assert "elsewhere" not in env.values()
    assert env["PYTHONNOUSERSITE"] == "1"
    assert env["PIP_USER"] == "0"
    assert env["HTTPS_PROXY"] == "needed"
    own = [env[name] for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")]
    assert all(tmp_path in Path(folder).parents for folder in own)
    assert len(set(own)) == len(own)


def test_the_learner_never_works_inside_the_course(monkeypatch, tmp_path):
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path))
    assert places.learners_folder() == tmp_path.resolve()
    for inside in (ROOT, ROOT / "notebooks"):
        monkeypatch.setenv("CALCIFICATIONS_HOME", str(inside))
        with pytest.raises(Stop, match="CALCIFICATIONS_HOME"):
            places.learners_folder()


@pytest.mark.parametrize("browser", [True, False])
@pytest.mark.parametrize("port", [None, 9000])
def test_browser_and_port_are_passed_on_to_jupyterlab(tmp_path, browser, port):
    given = lab.options(tmp_path, tmp_path, browser, port)
    assert ("--no-browser" in given) is not browser
    assert ("--port=9000" in given) is (port is not None)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "there"), "there can't be read or written"),
        (OSError(errno.EIO, "Input/output error", "there"), "Input/output error"),
    ],
)
def test_what_the_system_refuses_becomes_one_sentence(monkeypatch, tmp_path, trouble, said):
    monkeypatch.setattr(command, "LOG", tmp_path / "set-up.log")
    sentence = command.in_words(trouble)
    assert said in sentence
    assert "\n" not in sentence


SERVE = """
import sys
from pathlib import Path
from launch import lab, serving
serving.PYTHON = sys.executable
lab.open_lab(Path(sys.argv[1]), browser=False, port=None)
"""


def running(process: psutil.Process) -> bool:
    """Whether a process is there and not just waiting to be counted."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def server(tmp_path):
    """JupyterLab, handed over to as course.py does."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "utils")}
    with subprocess.Popen([sys.executable, "-c", SERVE, tmp_path], env=env, stderr=subprocess.PIPE, text=True) as lab:
        try:
            yield lab
        finally:
            lab.kill()


def start_kernel(address: str, token: str, patience_s: float = 30) -> str:
    """Start a kernel on a server, which may show its address a moment before it listens; return the kernel's name."""
    end = time.monotonic() + patience_s
    while True:
        request = urllib.request.Request(f"{address}/api/kernels?{token}", data=b"{}", method="POST")
        try:
            with urllib.request.urlopen(request, timeout=patience_s) as answer:
                return json.load(answer)["name"]
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_stops_jupyterlab_and_its_kernels(server, name):
    address = re.compile(r"(http://\S+?)/doc/tree/(\S+)\?(token=\w+)")
    shown = next(found for line in iter(server.stderr.readline, "") if (found := address.search(line)))
    assert shown[2] == lab.FIRST_LESSON
    assert start_kernel(shown[1], shown[3]) == "python3"
    children = psutil.Process(server.pid).children(recursive=True)
    assert children
    server.send_signal(getattr(signal, name))
    server.stderr.read()
    assert server.wait(30) == 0
    psutil.wait_procs(children, timeout=10)
    assert not [child for child in children if running(child)]


TELL = """
import sys
from launch.process import run, stop_when_told
stop_when_told()
run([sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"], None)
"""


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_stops_the_set_up_stops_its_pip(name):
    env = {**os.environ, "PYTHONPATH": str(ROOT / "utils")}
    with subprocess.Popen([sys.executable, "-c", TELL], env=env, stdout=subprocess.PIPE, text=True) as set_up:
        pip = psutil.Process(int(set_up.stdout.readline()))
        set_up.send_signal(getattr(signal, name))
        assert set_up.wait(30) == 128 + getattr(signal, name)
        assert not running(pip)
