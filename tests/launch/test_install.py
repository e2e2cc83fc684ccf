"""The .venv holds what a lock names, or it is made again."""

import os
import signal
import subprocess
import sys

import pytest

from launch import install
from launch.process import ROOT, Stop

ALL = ["making .venv", "installing the packages", "installing the course"]


@pytest.fixture
def steps(tmp_path, monkeypatch):
    """A set-up in an empty folder, whose steps are only written down; `steps.stop_at` names one that is interrupted."""

    class Steps(list):
        stop_at = None

        def take(self, what, *command):
            self.append(what)
            if what == ALL[0]:
                install.STAMP.unlink(missing_ok=True)
                install.VENV.mkdir(exist_ok=True)
            if what == self.stop_at:
                raise KeyboardInterrupt

    taken = Steps()
    for name in ("course", "test"):
        (tmp_path / f"{name}.txt").write_text(f"{name} 1")
    places = {"VENV": ".venv", "STAMP": ".venv/stamp.json", "STATE": ".course", "LOG": ".course/set-up.log"}
    for name, place in places.items():
        monkeypatch.setattr(install, name, tmp_path / place)
    monkeypatch.setattr(install, "LOCKS", {name: tmp_path / f"{name}.txt" for name in ("course", "test")})
    monkeypatch.setattr(install, "PYTHON", sys.executable)
    monkeypatch.setattr(install, "step", taken.take)
    return taken


def test_the_second_start_has_nothing_to_do(steps):
    install.set_up("course")
    assert steps == ALL
    install.set_up("course")
    assert steps == ALL


@pytest.mark.parametrize("where", ALL)
def test_an_interrupted_set_up_starts_from_nothing(steps, where):
    steps.stop_at = where
    with pytest.raises(KeyboardInterrupt):
        install.set_up("course")
    assert not install.ready("course")
    steps.clear()
    steps.stop_at = None
    install.set_up("course")
    assert steps == ALL
    assert install.ready("course")


def test_an_interrupted_renewal_starts_from_nothing(steps):
    install.set_up("course")
    install.LOCKS["course"].write_text("course 2")
    steps.stop_at = ALL[1]
    with pytest.raises(KeyboardInterrupt):
        install.set_up("course")
    install.LOCKS["course"].write_text("course 1")  # even if the old lock comes back
    assert not install.ready("course")


def test_a_new_lock_is_installed_into_the_venv_that_is_there(steps):
    install.set_up("course")
    steps.clear()
    install.LOCKS["course"].write_text("course 2")
    install.set_up("course")
    assert steps == ALL[1:]


def test_the_tests_packages_serve_a_learner_but_not_the_other_way_round(steps):
    install.set_up("course")
    assert not install.ready("test")
    install.set_up("test")
    assert install.ready("course")
    assert steps == [*ALL, ALL[1], "installing what tests need", ALL[2]]


@pytest.mark.parametrize("harm", ["stamp", "python", "place"])
def test_a_broken_or_moved_venv_is_made_again(steps, harm, monkeypatch, tmp_path):
    install.set_up("course")
    steps.clear()
    if harm == "stamp":
        install.STAMP.write_text('{"made": [')
    elif harm == "python":
        monkeypatch.setattr(install, "PYTHON", str(tmp_path / "gone"))
    else:
        install.STAMP.write_text(install.STAMP.read_text().replace(".venv", "elsewhere/.venv"))
    install.set_up("course")
    assert steps == ALL


def test_a_python_that_cannot_make_a_venv_is_told_what_it_lacks(steps, monkeypatch):
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Stop, match=r"apt install python3-venv"):
        install.set_up("course")


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the tested package"),
        ("NewConnectionError(...)\nERROR: No matching distribution found for anyio", "check the network"),
        ("ERROR: No matching distribution found for anyio", "64-bit Python"),
        ("error: [Errno 13] Permission denied: 'x'", "folder of your own"),
        ("a surprise", "look at the log"),
    ],
)
def test_a_failed_step_says_in_one_sentence_what_to_do_and_where_the_log_is(tmp_path, monkeypatch, words, advice):
    monkeypatch.setattr(install, "LOG", tmp_path / "set-up.log")
    monkeypatch.setattr(install, "STATE", tmp_path)
    with pytest.raises(Stop) as told:
        install.step("trying", sys.executable, "-c", f"import sys; print({words!r}); sys.exit(1)")
    assert advice in str(told.value)
    assert str(tmp_path / "set-up.log") in str(told.value)
    assert "\n" not in str(told.value)


def test_a_disk_too_full_for_the_log_is_still_named(steps, tmp_path, monkeypatch):
    monkeypatch.setattr(install, "STATE", tmp_path)
    monkeypatch.setattr(install, "NEARLY_FULL_BYTES", float("inf"))
    assert install.reason("") == install.FULL


HOLDER = """
import sys
from pathlib import Path
from launch.process import one_at_a_time, run
with one_at_a_time(Path(sys.argv[1])):
    pip = "import os, sys; print(os.getpid(), flush=True); sys.stdin.read()"
    run([sys.executable, "-c", pip], None, close_fds=False)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a lock with the process that took it")
def test_a_start_waits_for_the_pip_of_one_that_was_killed(tmp_path):
    from launch.process import _take

    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT / "utils")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder, (tmp_path / "lock").open("a") as lock:
        pip = int(holder.stdout.readline())
        holder.kill()
        holder.wait()
        assert not _take(lock)
        os.kill(pip, signal.SIGKILL)
        holder.stdout.read()  # until pip is gone
        assert _take(lock)
