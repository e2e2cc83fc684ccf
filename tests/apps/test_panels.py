"""What stands behind the tabs, without a page: why, what would change it, the other rulebooks, the evidence."""

import asyncio
import json
import math

import pytest

from calcifications.apps import explore
from calcifications.apps import explorer as room
from calcifications.apps.page import warning
from calcifications.apps.panels import PANELS, near_line, place
from calcifications.apps.widget import HERE
from calcifications.case import Case
from calcifications.pattern import SLIDERS, Recipe, arrangeable, forms, preset
from calcifications.reading import rulebook, rulebooks
from calcifications.what_if import verdict, what_if

SETTINGS = ["screening", "diagnostic"]


@pytest.fixture
def explorer():
    return explore()


@pytest.fixture
def panel(ask):
    """Open a tab and return what stands on it."""

    def opened(explorer, tab, **what):
        told = ask(explorer, tab=tab, **what)["page"]
        assert told["tab"] == tab
        json.dumps(told, allow_nan=False)  # a page can't read NaN
        return told["panel"]

    return opened


@pytest.fixture
def every_case(ask):
    """Show an explorer every form as it may be laid."""

    def shown(explorer, **what):
        for form in forms():
            for laid in arrangeable(form):
                yield ask(explorer, recipe=preset(form, laid).to_dict(), **what)["page"]["panel"]

    return shown


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("book", rulebooks())
def test_each_step_is_told_with_its_numbers_what_is_to_spare_and_its_sources(explorer, every_case, book, setting):
    for why in every_case(explorer, rulebook=book, setting=setting):
        for step in why["steps"]:
            assert step["because"]
            assert set(step["source"]) <= set(explorer.fixed["library"])
            assert all(check["holds"] for check in step["checks"])
            assert not any("short" in check["margin"] for check in step["checks"])
            assert all(
                0 <= check[part] <= 1 for check in step["checks"] if check["mark"] for part in ("fraction", "mark")
            )
        assert why["report"].endswith(".")
        json.dumps(why, allow_nan=False)


def test_the_rules_that_do_not_apply_are_told_once_they_are_unfolded(explorer, ask):
    assert ask(explorer)["page"]["others"] is None
    for form in forms():
        others = ask(explorer, recipe=preset(form).to_dict(), others=True)["page"]["others"]
        assert len(others) == sum(not step.fired for step in explorer.reading.steps)
        assert all(other["title"] and other["failed"] for other in others)


def test_only_the_tab_that_is_open_is_worked_out(explorer, panel):
    kept = {tab: set(panel(explorer, tab)) for tab in PANELS}
    assert not kept["why"] & kept["books"]
    assert "published" in kept["evidence"]
    assert not any("published" in kept[tab] for tab in ("why", "books", "change"))


def test_a_threshold_that_is_near_is_told_so_and_both_words_with_the_margin():
    case = next(
        case
        for size in range(38, 62)
        if (case := Case([Recipe(size_mm=size / 100)], seed=7)).reading().borderline
        and case.reading().borderline[0].feature == "size_mm"
    )
    reading = case.reading()
    doubt = reading.borderline[0]
    near = [
        line
        for step in reading.steps
        for check in step.checks
        if check.feature == "size_mm" and (line := near_line(check))["near"]
    ]
    assert near
    assert {doubt.word, doubt.rival} == {"punctate", "round"}
    (line,) = PANELS["why"][1](case, reading)["doubts"][:1]
    assert "punctate" in line
    assert "round" in line
    assert f"{abs(doubt.margin):.2f} mm from the threshold" in line


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("move", "hour", "depth"),
    [
        ({"up_mm": 20.0}, {"left": 12, "right": 12}, "middle"),
        ({"across_mm": 20.0}, {"left": 3, "right": 9}, "middle"),
        ({"across_mm": -20.0}, {"left": 9, "right": 3}, "middle"),
        ({"up_mm": -20.0, "forward_mm": 25.0}, {"left": 6, "right": 6}, "anterior"),
        ({"up_mm": 20.0, "forward_mm": -35.0}, {"left": 12, "right": 12}, "posterior"),
    ],
)
def test_a_report_names_the_place_as_one_who_faces_the_patient_does(move, hour, depth, side):
    case = Case([Recipe(breast=side, **move)], seed=7)
    said = place(case, 0)
    assert (said["side"], said["clock"], said["depth"]) == (side, hour[side], depth)
    away = math.dist(case.pattern.particles.centre.mean(axis=0), case.pattern.breast.nipple)
    assert said["distance_mm"] == pytest.approx(away)


@pytest.mark.parametrize("book", rulebooks())
def test_all_rulebooks_stand_side_by_side_and_say_why_they_part(explorer, panel, book):
    told = panel(explorer, "books", rulebook=book)
    rows = {row["id"]: row for row in told["rows"]}
    assert list(rows) == rulebooks()
    assert [name for name, row in rows.items() if row["chosen"]] == [book]
    assert rows["birads5"]["line"] == "0 (after work-up 3)"
    assert [name for name, row in rows.items() if row["warning"]] == ["birads2025"]
    titles = {row["title"] for row in told["rows"]}
    assert told["parts"]
    for part in told["parts"]:
        assert set(part["between"]) <= titles
        assert part["what"]
        assert part["why"]
        assert set(part["source"]) <= set(explorer.fixed["library"])


def test_four_and_five_part_where_they_differ(explorer, panel):
    said = [part["what"] for part in panel(explorer, "books", count=4)["parts"]]
    assert any("Four close together" in what for what in said)
    assert not any("Four close together" in part["what"] for part in panel(explorer, "books", count=9)["parts"])


def test_a_person_s_own_rulebook_stands_with_the_others(tmp_path, ask):
    text = (HERE.parent / "reading/rulebooks/elliot.toml").read_text(encoding="utf-8")
    own = tmp_path / "my_hospital.toml"
    own.write_text(text.replace('id = "elliot"', 'id = "mine"').replace("Patient page", "Our page"), encoding="utf-8")
    explorer = explore(rulebook=str(own))
    rows = ask(explorer, tab="books")["page"]["panel"]["rows"]
    assert [row["id"] for row in rows] == [*rulebooks(), "mine"]
    assert rows[-1]["chosen"]
    assert explorer.fixed["choices"]["books"][-1] == (str(own), "Our page, four or more")


@pytest.mark.parametrize("book", rulebooks())
def test_what_must_be_known_of_a_rulebook_stands_over_its_verdict(explorer, ask, book):
    said = ask(explorer, rulebook=book)["page"]["verdict"]["warning"]
    chosen = rulebook(book)
    assert said == warning(chosen)
    assert bool(said) == (bool(chosen.banner) or chosen.kind in ("patient leaflet", "history"))
    assert ("not to act on" in said) == (chosen.kind in ("patient leaflet", "history"))
    about = ask(explorer)["page"]["panel"]
    assert chosen.banner in " ".join(about["about"])
    assert about["not_covered"] == list(chosen.not_covered)


@pytest.mark.parametrize("book", rulebooks())
def test_evidence_is_ranges_and_counts_with_their_study_never_one_number(explorer, panel, book):
    for form in forms():
        told = panel(explorer, "evidence", recipe=preset(form).to_dict(), rulebook=book, setting="diagnostic")
        assert "nobody's risk" in told["caution"]
        for known in told["published"]:
            assert " to " in known["span"] or known["span"] == "one figure, too little for a range"
            for study in known["studies"]:
                assert study["design"]
                assert study["source"] in explorer.fixed["library"]
        for count in told["real"]:
            assert " to " in count["span"] or count["cases"] == "no lesion was described so"


def moves_of(explorer, *questions):
    """Ask questions of an explorer in an event loop, and return what it sends of moves until all is quiet."""
    sent = []

    async def page():
        explorer.observe(lambda change: sent.append(change["new"]), names="found")
        for question in questions:
            explorer.set_state({"asked": {**explorer.asked, "preset": None, "code": None} | question})
            await asyncio.sleep(0.05)
        if explorer._looking:
            await explorer._looking

    asyncio.run(page())
    return sent


@pytest.fixture
def no_rest(monkeypatch):
    monkeypatch.setattr(room, "REST_S", 0.0)


def test_moves_come_slider_by_slider_and_are_those_of_what_if(explorer, no_rest):
    sent = moves_of(explorer, {"tab": "change"})
    assert [each["slider"] for each in sent] == [slider.name for slider in SLIDERS]
    assert {each["turn"] for each in sent} == {explorer.answer["turn"]}
    told = [f"{each['move']['head']}: {each['move']['news']}" for each in sent if each["move"]]
    assert told == [move.sentence for move in what_if(explorer.case)]
    json.dumps(sent, allow_nan=False)


def test_a_move_that_is_pressed_gives_the_verdict_it_promised(explorer, ask, no_rest):
    sent = moves_of(explorer, {"tab": "change"})
    count = next(each["move"] for each in sent if each["slider"] == "count")
    ask(explorer, tab="why", count=count["now"])
    (promised,) = [move for move in what_if(explore().case) if move.slider == "count"]
    assert verdict(explorer.reading) == verdict(promised.reading)


def test_the_next_question_calls_the_search_off(explorer, no_rest):
    recipe = explorer.asked["recipe"]
    sent = moves_of(explorer, {"tab": "change"}, {"recipe": recipe | {"count": 30}}, {"recipe": recipe | {"count": 31}})
    last = [each for each in sent if each["turn"] == explorer.answer["turn"]]
    assert [each["slider"] for each in last] == [slider.name for slider in SLIDERS]
    assert len(sent) < 2 * len(SLIDERS)


@pytest.mark.parametrize("tab", [tab for tab in PANELS if tab != "change"])
def test_nobody_looks_for_moves_that_nobody_sees(explorer, no_rest, tab):
    assert moves_of(explorer, {"tab": tab}) == []
    assert explorer._looking is None
