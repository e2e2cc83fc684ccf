"""What the pages are made of, without a browser: cards, lessons without their Start button, kernels that wait."""

import asyncio
import contextlib
import json
import time
import urllib.request
from datetime import timedelta

import nbformat
import psutil
import pytest
from jupyter_core.utils import ensure_async
from jupyter_server._tz import utcnow

from launch.pages.gallery import card, cards, for_instructors
from launch.pages.kernels import IDLE_S, Kernels, pools
from launch.pages.lesson import AsPage
from launch.pages.server import settings
from launch.process import ROOT
from tests.browser.lab import PATIENCE_S, open_pages
from tests.notebooks.lessons import LESSONS

each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


@each_lesson
def test_a_card_says_what_the_lesson_says_of_itself(path):
    known = card(path, path)
    first = nbformat.read(path, as_version=4).cells[0].source
    assert first.startswith(f"# {known.title}: {known.line}\n")
    assert known.minutes in first
    assert len(known.goals) >= 3
    assert known.picture.startswith("data:image/jpeg;base64,")
    assert known.alt.endswith("view.")


def test_pictures_are_those_the_course_ships_and_the_learners_own_notebooks_come_last(tmp_path):
    (tmp_path / "notebooks").mkdir()
    bare = {"cells": [{"cell_type": "markdown", "source": ["# Mine: a try\n", "words"]}]}
    for name in ("01_size.ipynb", "zz.ipynb"):
        (tmp_path / "notebooks" / name).write_text(json.dumps(bare))
    (lesson,), (), (own,) = cards(tmp_path, ROOT)
    assert (lesson.title, lesson.line, bool(lesson.picture)) == ("Mine", "a try", True)
    assert (own.title, own.picture) == ("Mine", "")


def test_the_instructors_notebooks_stand_apart_from_the_lessons(tmp_path):
    (tmp_path / "notebooks/instructor").mkdir(parents=True)
    name = "notebooks/instructor/1_plan_a_lesson.ipynb"
    (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "notebooks/instructor/mine.ipynb").write_text("{}")
    assert cards(tmp_path, ROOT) == ([], [], [])
    (known,) = for_instructors(tmp_path, ROOT)
    assert (known.file, known.title) == (name, "Plan a lesson")


@pytest.mark.parametrize("content", [b"", b"[]", b'{"cells": 3}', b'{"cells": [3]}', b"\xff", b'{"cells": []}'])
def test_what_is_no_notebook_is_known_by_its_name(tmp_path, content):
    damaged = tmp_path / "damaged.ipynb"
    damaged.write_bytes(content)
    assert card(damaged, damaged).title == "damaged"


@each_lesson
def test_as_a_page_a_lesson_has_its_title_and_no_word_of_a_button(path):
    before = nbformat.read(path, as_version=4)
    after, _ = AsPage().preprocess(nbformat.from_dict(before), {})
    said = "\n".join(cell.source for cell in after.cells)
    assert after.metadata.title == before.cells[0].source.partition("\n")[0].removeprefix("# ")
    assert "<button" not in said
    assert "The button" not in said
    assert "**Goal.**" in said


def test_the_pages_stay_on_this_computer_and_ask_for_a_word(tmp_path):
    told = settings(tmp_path, None)
    assert told.Voila.ip == "127.0.0.1"
    assert told.Voila.auto_token
    assert told.VoilaConfiguration.allow_template_override == "NO"
    assert told.MappingKernelManager.cull_idle_timeout == IDLE_S


class Ready:
    """A lesson's kernel that waits for its reader."""

    def __init__(self, kernel_id):
        self.kernel_id = kernel_id

    def done(self):
        return True

    def exception(self):
        return None

    def result(self):
        return {"kernel_id": self.kernel_id}


def test_an_idle_kernel_is_ended_unless_it_waits_for_a_reader(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))  # in a home that is bare there is none, and kernels look there

    async def an_evening():
        kernels = Kernels(cull_idle_timeout=IDLE_S)
        waits, left = [await ensure_async(kernels.start_kernel()) for _ in range(2)]
        kernels._pools = {"notebooks/a.ipynb": [Ready(waits)]}
        try:
            for kernel_id in (waits, left):
                kernel = kernels.get_kernel(kernel_id)
                kernel.last_activity = utcnow() - timedelta(seconds=2 * IDLE_S)
                kernel.execution_state = "idle"
                await kernels.cull_kernel_if_idle(kernel_id)
            return kernels.list_kernel_ids() == [waits]
        finally:
            await kernels.shutdown_all()

    assert asyncio.run(an_evening())


def test_one_kernel_is_kept_ready_for_the_lesson_that_comes_next_and_none_for_one_that_is_open():
    made = []
    kernels = Kernels()
    kernels.kernel_pools_config = pools("a.ipynb")
    kernels.fill_if_needed = lambda delay, notebook_name: made.append(notebook_name)
    kernels.taken("a.ipynb")
    kernels.expect("b.ipynb")
    assert made == ["b.ipynb"]
    sizes = {name: pool["pool_size"] for name, pool in kernels.kernel_pools_config.items()}
    assert sizes == {"default": 0, "a.ipynb": 0, "b.ipynb": 1}


def test_when_the_pages_open_only_the_first_lesson_has_a_kernel_ready():
    told = settings(ROOT, None).VoilaKernelManager.kernel_pools_config
    assert told == {"default": {"pool_size": 0}, "notebooks/00_start_here.ipynb": {"pool_size": 1}}


def kernels(others=()):
    """Whether each kernel below this process was started before anyone asked for it, by its id; without some others."""
    found = {}
    for each in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if each.pid not in others and "ipykernel_launcher" in each.cmdline():
                found[each.pid] = each.environ().get("VOILA_PREHEAT") == "True"
    return found


def test_each_lesson_opens_on_a_kernel_that_waited_for_it(tmp_path):
    others = kernels()  # of other tests
    with open_pages(tmp_path) as pages:
        address, _, token = pages.gallery.partition("?")
        for opened, lesson in enumerate(LESSONS[:3], 1):
            until = time.monotonic() + PATIENCE_S
            while len(kernels(others)) < opened and time.monotonic() < until:
                time.sleep(0.2)
            page = f"{address}voila/render/notebooks/{lesson.name}?{token}"
            assert urllib.request.urlopen(page, timeout=PATIENCE_S).status == 200
            assert all(kernels(others).values()), lesson.name
