"""`python course.py present`: a deck with mistakes is not opened, and its page holds no more of it than where it is."""

import json

import psutil
import pytest

from launch.command import command
from launch.pages.stage import poll, staged
from launch.present import notebook
from launch.process import Stop
from tests.browser.lab import started

BAD = """version = 1
title = "Monday"
[[case]]
code = "cx2-no"
[[case]]
code = "cx2-nor"
reveal = ["all"]
"""


def said(folder, *words):
    """What the course says to a command line that it refuses, and its exit code."""
    with started(folder, "present", *words) as (server, home, log):
        code = server.wait(60)
        assert not (home / ".course" / "present").exists()
        return code, log.read_text().splitlines()


def test_a_deck_with_mistakes_opens_nothing_and_each_is_named_with_its_line(tmp_path):
    deck = tmp_path / "bad.toml"
    deck.write_text(BAD)
    code, lines = said(tmp_path, str(deck))
    assert code == 2
    places = ["case 1 (line 4): ", "case 2 (line 6): ", "case 2 (line 7): "]
    assert all(line.startswith(f"bad.toml, {place}") for line, place in zip(lines, places, strict=False))
    assert lines[-1] == "So nothing was opened."
    assert len(lines) == 4


def test_a_deck_that_is_not_there_is_one_sentence(tmp_path):
    code, lines = said(tmp_path, "nowhere.toml")
    assert code == 2
    assert lines[0].startswith("The deck '")
    assert lines[0].endswith(" can't be read; give the path of a TOML file.")


def test_without_a_deck_the_command_says_so():
    with pytest.raises(Stop, match=r"The following arguments are required: DECK\.toml; see python course\.py present"):
        command(["present"])


def test_the_switch_for_the_room_takes_no_deck_for_an_address(tmp_path):
    code, lines = said(tmp_path, "--room", "nowhere.toml")
    assert (code, lines[0].endswith("can't be read; give the path of a TOML file.")) == (2, True)
    code, lines = said(tmp_path, "nowhere.toml", "--address", "192.0.2.7")
    assert (code, lines) == (2, ["--address goes with --room: it says where the room is."])


def test_the_page_of_a_deck_holds_its_place_alone(tmp_path):
    page = notebook(tmp_path / "it's \\ a deck.toml")
    (cell,) = page["cells"]
    place = cell["source"].partition("\n")[2]
    assert eval(place, {"present": lambda deck: deck}) == str(tmp_path / "it's \\ a deck.toml")
    assert page["metadata"]["cx_stage"]


def test_one_page_stays_on_this_computer_asks_for_a_word_and_is_not_run_beforehand(tmp_path):
    told = staged(tmp_path, None)
    assert told.Voila.ip == "127.0.0.1"
    assert told.Voila.auto_token
    assert not told.VoilaConfiguration.preheat_kernel
    assert told.MappingKernelManager.cull_idle_timeout <= 120  # its room ends soon after its page was closed


def test_the_poll_runs_beside_the_server_in_a_process_that_ends_with_it():
    def polls():
        return {each.pid for each in psutil.Process().children() if "calcifications.teaching.poll" in each.cmdline()}

    before = polls()
    with poll(None) as desk:
        (pid,) = polls() - before
        port, key = desk.split()
        assert port.isdecimal()
        assert len(key) >= 32
        assert key not in json.dumps(psutil.Process(pid).cmdline())  # where every user of the computer could read it
    assert not psutil.pid_exists(pid)
