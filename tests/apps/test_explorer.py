"""The explorer without a page: what it is asked, what it answers, what it sends."""

import gc
import json
import weakref

import numpy as np
import pytest

from calcifications.apps import explore
from calcifications.apps.choices import EARLIER
from calcifications.apps.picture_page import OVERLAYS
from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.imaging import radiograph, views
from calcifications.pattern import ARRANGEMENTS, SLIDERS, Recipe, arrangeable, forms, preset
from calcifications.reading import Context

SLIDER_NAMES = [slider.name for slider in SLIDERS]


@pytest.fixture
def explorer():
    return explore()


@pytest.mark.parametrize("slider", SLIDERS, ids=SLIDER_NAMES)
@pytest.mark.parametrize("form", forms())
def test_every_slider_moves_over_its_whole_range(ask, seen, slider, form):
    explorer = explore(preset(form))
    for value in np.linspace(slider.low, slider.high, 4):
        value = int(value) if slider.name == "count" else float(value)
        answer = ask(explorer, **{slider.name: value})
        assert answer["problem"] is None
        case = Case.from_code(answer["code"])
        # a group is never narrower than its particles need
        assert getattr(case.groups[0], slider.name) == value or (
            slider.name == "extent_mm" and value < case.groups[0].room_mm <= case.groups[0].extent_mm
        )
        assert (seen(explorer, answer) == case.picture().pixels).all()


def test_a_slider_sends_no_tissue_and_another_view_or_breast_does(explorer, ask):
    sent = []
    explorer.observe(lambda change: sent.append(change["name"]), names=["ground", "layer"])
    ask(explorer, size_mm=0.5)
    ask(explorer, count=30)
    ask(explorer, rulebook="elliot")
    assert "ground" not in sent
    assert len(explorer.layer) < len(explorer.ground) / 4
    for change in ({"view": "CC-mag"}, {"seed": 8}):
        sent.clear()
        ask(explorer, **change)
        assert sent.count("ground") == 1


def test_a_step_is_answered_in_one_message_picture_and_words_together(explorer, ask, monkeypatch):
    sent = []
    monkeypatch.setattr(type(explorer), "send_state", lambda _, key=None: sent.append(set(key)))
    for size in (0.351, 0.352):  # a picture that differs in nothing but its grey values is sent as well
        sent.clear()
        ask(explorer, size_mm=size)
        assert sent == [{"layer", "answer"}]


@pytest.mark.parametrize("pixels", [256, 768])
def test_a_close_up_may_show_more_of_the_breast(seen, pixels):
    explorer = explore(pixels=pixels)
    expected = radiograph(explorer.case.pattern, shape=(pixels, pixels)).pixels
    assert (seen(explorer, explorer.answer) == expected).all()


@pytest.mark.parametrize("form", forms())
def test_a_form_sets_all_sliders_and_the_page_is_told(explorer, ask, form):
    before = explorer.answer["reset"]
    answer = ask(explorer, preset=form)
    assert answer["preset"] == form
    assert answer["reset"] == before + 1
    assert answer["asked"]["recipe"] == preset(form).to_dict()
    # what the routine picture can't tell, the work-up can
    assert form in answer["page"]["verdict"]["form"] + answer["page"]["verdict"]["after"]
    assert ask(explorer, setting="diagnostic")["page"]["verdict"]["form"] == form
    assert ask(explorer, setting="screening")["preset"] == form
    answer = ask(explorer)
    assert ask(explorer, seed=8, overlay=["outline"])["preset"] == form  # another breast, the same form
    after = ask(explorer, size_mm=answer["asked"]["recipe"]["size_mm"] * 1.01)
    assert after["preset"] is None
    assert after["reset"] == answer["reset"]


@pytest.mark.parametrize("form", forms())
def test_a_form_is_laid_in_each_distribution_it_comes_in(explorer, ask, form):
    offered = dict(explorer.fixed["choices"]["laid"])[form]
    assert [word for word, _ in offered] == arrangeable(form)
    for word in arrangeable(form):
        answer = ask(explorer, preset=form, laid=word)
        assert (answer["preset"], answer["laid"]) == (form, word)
        assert answer["asked"]["recipe"] == preset(form, word).to_dict()
    named = ask(explorer, preset=form)["laid"]
    assert preset(form, named) == preset(form)
    assert ask(explorer, size_mm=0.333)["laid"] is None


@pytest.mark.parametrize("view", views())
def test_another_view_shows_that_view(explorer, ask, seen, view):
    answer = ask(explorer, view=view)
    case = Case.from_code(answer["code"])
    assert case.views[0] == view
    assert answer["view"]["name"] == f"L {view}"
    assert f"on the {view} view" in answer["alt"]
    assert (seen(explorer, answer) == case.picture(view).pixels).all()


def test_a_view_beyond_the_routine_ones_belongs_to_a_full_work_up(explorer, ask):
    assert ask(explorer, view="MLO")["asked"]["setting"] == "screening"
    magnified = ask(explorer, view="CC-mag")
    assert magnified["asked"]["setting"] == "diagnostic"
    assert magnified["page"]["panel"]["read_on"] == "Read on CC-mag, CC, ML, ML-mag, tangential."
    assert ask(explorer, size_mm=0.4, view="CC-mag", setting="diagnostic")["asked"]["setting"] == "diagnostic"
    back = ask(explorer, view="CC-mag", setting="screening")
    assert (back["asked"]["view"], back["asked"]["setting"]) == ("CC", "screening")
    assert back["page"]["panel"]["read_on"] == "Read on this picture."


def test_the_whole_breast_is_shown_when_asked_for(explorer, ask, seen):
    answer = ask(explorer, field="breast")
    case = Case.from_code(answer["code"])
    assert (seen(explorer, answer) == case.picture(field="breast").pixels).all()
    rows = answer["shape"][0]
    assert rows * answer["pixel_mm"] > 120  # the breast is 120 mm wide
    assert tuple(ask(explorer, field="close-up")["shape"]) == (512, 512)


@pytest.mark.parametrize("density", "abcd")
def test_the_breast_may_have_any_density(explorer, ask, density):
    answer = ask(explorer, tissue=density)
    assert Case.from_code(answer["code"]).tissue == answer["asked"]["tissue"] == density


def test_particles_that_do_not_fit_are_spread_out(explorer, ask):
    answer = ask(explorer, count=100, size_mm=3.0)
    (recipe,) = Case.from_code(answer["code"]).groups
    assert answer["problem"] is None
    assert recipe.extent_mm == answer["asked"]["recipe"]["extent_mm"] >= recipe.room_mm


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_another_arrangement_is_laid(explorer, ask, arrangement):
    answer = ask(explorer, arrangement=arrangement)
    assert Case.from_code(answer["code"]).groups[0].arrangement == arrangement


def test_the_end_of_a_work_up_gives_the_final_category(explorer, ask):
    first, last = (ask(explorer, setting=word)["page"]["verdict"] for word in ("screening", "diagnostic"))
    assert (first["category"], last["category"]) == ("0", "3")
    assert "After work-up: 3" in first["after"]
    assert last["after"] == ""


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        ({"size_mm": -1}, "-1"),
        ({"size_mm": float("nan")}, "nan"),
        ({"size_mm": "big"}, "'big'"),
        ({"count": 10_000}, "10000"),
        ({"count": 2.5}, "2.5"),
        ({"arrangement": "star"}, "'star'"),
        ({"recipe": {"colour": 3}}, "'colour'"),
        ({"view": "from below"}, "'from below'"),
        ({"rulebook": "hearsay"}, "'hearsay'"),
        ({"setting": "at home"}, "'at home'"),
        ({"field": "the moon"}, "'the moon'"),
        ({"tab": "gossip"}, "'gossip'"),
        ({"beside": "from behind"}, "'from behind'"),
        ({"prior": "last week"}, "'last week'"),
        ({"overlay": ["halo"]}, "'halo'"),
        ({"tissue": "e"}, "'e'"),
        ({"preset": "stardust"}, "'stardust'"),
        ({"preset": "punctate", "laid": "everywhere"}, "'everywhere'"),
        ({"preset": "skin", "laid": "segmental"}, "'segmental'"),
        ({"seed": -1}, "-1"),
        ({"code": "cx1-nonsense"}, "cx1-nonsense"),
        ({"code": "hello"}, "'hello'"),
    ],
)
def test_a_mistake_gets_one_sentence_and_leaves_the_last_picture(explorer, ask, seen, mistake, named):
    before = ask(explorer, count=12)
    pixels = seen(explorer, before)
    answer = ask(explorer, **mistake)
    assert named in answer["problem"]
    assert "\n" not in answer["problem"]
    assert {**answer, "problem": None} == before
    assert (seen(explorer, answer) == pixels).all()
    good = {
        "beside": "",
        "overlay": [],
        "rulebook": "birads5",
        "setting": "screening",
        "prior": "none",
        "view": "CC",
        "seed": 7,
        "field": "close-up",
        "tissue": "b",
    }
    again = ask(explorer, count=13, tab="why", **good)
    assert again["problem"] is None
    assert Case.from_code(again["code"]).groups[0].count == 13


def test_a_case_code_opens_that_case(explorer, ask, seen):
    case = Case([preset("fine linear")], Context(setting="diagnostic"), seed=41, views=("ML-mag",))
    reset = explorer.answer["reset"]
    answer = ask(explorer, code=f" {case.code}\n")
    assert answer["code"] == case.code
    assert answer["reset"] == reset + 1
    assert answer["asked"] == {
        "recipe": case.groups[0].to_dict(),
        "seed": 41,
        "view": "ML-mag",
        "setting": "diagnostic",
        "prior": "none",
        "tissue": "b",
    }
    assert (seen(explorer, answer) == case.picture().pixels).all()


def test_a_case_that_was_shared_keeps_its_views_while_sliders_move(explorer, ask):
    shared = Case([preset("fine linear")], seed=41, views=("ML", "CC"))
    ask(explorer, code=shared.code)
    moved = Case.from_code(ask(explorer, view="ML", seed=41, count=20)["code"])
    assert (moved.views, moved.context.setting) == (("ML", "CC"), "screening")


def test_in_a_breast_with_two_groups_the_sliders_move_the_first(ask):
    far = Recipe(count=6, forward_mm=-10, across_mm=9)
    explorer = explore(Case([Recipe(), far], seed=3))
    groups = Case.from_code(ask(explorer, count=14)["code"]).groups
    assert groups[0].count == 14
    assert groups[1] == far


def test_the_picture_has_words_for_those_who_cant_see_it(explorer, ask):
    group = Case.from_code(explorer.answer["code"]).findings[0].groups[0].values
    size, largest, extent = f"{group['size_mm']:.2f}", f"{group['largest_mm']:.2f}", f"{group['extent_mm']:.0f}"
    sizes = f"about {size} and up to {largest} mm"
    assert explorer.answer["alt"] == f"Nine smooth specks, {sizes}, in a group {extent} mm wide, on the CC view."
    assert "mm, over" in ask(explorer, count=4)["alt"]  # four are no group
    assert ask(explorer, count=1)["alt"].startswith("One smooth speck, about")
    assert "irregular" in ask(explorer, preset="coarse heterogeneous")["alt"]
    assert "hazy" in ask(explorer, preset="amorphous")["alt"]
    faint = ask(explorer, preset=None, recipe=Recipe(size_mm=0.05, density=0.05).to_dict())
    assert faint["alt"] == "A mammogram close-up, CC view, on which no calcification can be made out."


def test_overlays_come_only_when_they_are_switched_on(explorer, ask):
    assert explorer.answer["shapes"] == []
    kinds = [shape["kind"] for shape in ask(explorer, overlay=["outline", "circles"])["shapes"]]
    assert kinds.count("outline") == 9
    assert kinds.count("circles") == 2
    assert len(kinds) == 11
    assert [shape["kind"] for shape in ask(explorer, overlay=["extent"], count=20)["shapes"]] == ["extent"]
    assert ask(explorer, overlay=[])["shapes"] == []


@pytest.mark.parametrize("form", forms())
def test_an_artery_is_offered_only_where_there_is_one(explorer, ask, form):
    answer = ask(explorer, preset=form, overlay=list(OVERLAYS))
    arterial = Case.from_code(answer["code"]).groups[0].arrangement == "vessel"
    assert ("vessel" in answer["has"]) is arterial
    assert {shape["kind"] for shape in answer["shapes"]} <= set(answer["has"])
    assert [shape["kind"] for shape in answer["shapes"]].count("vessel") == 2 * arterial


def test_sixty_outlines_are_a_small_message(explorer, ask):
    answer = ask(explorer, count=60, extent_mm=20.0, overlay=["outline"])
    assert len(answer["shapes"]) == 60
    assert len(json.dumps(answer["shapes"])) < 20_000


def test_a_second_view_stands_beside_the_first_and_its_tissue_comes_once(explorer, ask, seen):
    answer = ask(explorer, beside="ML")
    case = Case.from_code(answer["code"])
    beside = answer["beside"]
    assert beside["view"]["name"] == "L ML"
    assert "on the ML view" in answer["alt_beside"]
    assert (seen(explorer, beside, "_beside") == case.picture("ML").pixels).all()
    assert (seen(explorer, answer) == case.picture("CC").pixels).all()
    sent = []
    explorer.observe(lambda change: sent.append(change["name"]), names=["ground_beside", "layer_beside"])
    moved = ask(explorer, size_mm=0.5)
    assert sent == ["layer_beside"]
    case = Case.from_code(moved["code"])
    assert (seen(explorer, moved["beside"], "_beside") == case.picture("ML").pixels).all()
    assert ask(explorer, beside="")["beside"] is None
    assert explorer.ground_beside == b""
    again = ask(explorer, beside="ML")
    assert (seen(explorer, again["beside"], "_beside") == case.picture("ML").pixels).all()


def test_the_second_view_says_whether_it_is_read(explorer, ask):
    assert ask(explorer, beside="ML")["beside"]["read"] is False  # a screening picture is read as it stands
    assert ask(explorer, beside="ML", setting="diagnostic")["beside"]["read"] is True
    assert ask(explorer, view="ML", beside="ML", setting="diagnostic")["beside"] is None  # it is the first


@pytest.mark.parametrize(
    ("prior", "compared"),
    [
        ("new", 0),
        ("increasing", -1),
        ("stable, 6 months", 0),
        ("stable, 24 months", 0),
        ("fewer", 1),
    ],
)
def test_the_earlier_exam_shows_the_same_breast_as_the_context_tells_of_it(explorer, ask, seen, prior, compared):
    now = ask(explorer, count=20, prior=prior, beside=EARLIER)
    case = Case.from_code(now["code"])
    picture = case.earlier_picture()
    assert (seen(explorer, now["beside"], "_beside") == picture.pixels).all()
    assert case.context.prior == prior.split(",")[0]
    assert now["beside"]["view"]["plain"] == "earlier exam"
    assert now["alt_beside"].startswith("At the earlier exam: ")
    then = len(case.earlier.particles)
    assert np.sign(then - 20) == (-1 if prior == "new" else compared)
    assert (then == 0) == (prior == "new")


def test_without_an_earlier_exam_none_is_offered_and_none_is_shown(explorer, ask):
    assert EARLIER not in explorer.answer["offered"]
    assert ask(explorer, beside=EARLIER)["beside"] is None
    told = ask(explorer, prior="new")
    assert EARLIER in told["offered"]
    assert told["beside"] is not None  # it was asked for, and now there is one
    assert ask(explorer, prior="none")["beside"] is None
    assert explorer.ground_beside == b""


def test_two_years_of_the_same_change_what_is_said_of_round_ones(explorer, ask):
    round_ = preset("round").to_dict()
    said = [
        ask(explorer, recipe=round_, setting="diagnostic", prior=prior)["page"]["verdict"]["category"]
        for prior in ("stable, 6 months", "stable, 24 months")
    ]
    assert said[0] != said[1]


def test_overlays_of_the_second_view_are_its_own(explorer, ask):
    answer = ask(explorer, beside="ML", overlay=["circles"])
    first, second = ([(shape["x"], shape["y"]) for shape in lines["shapes"]] for lines in (answer, answer["beside"]))
    assert len(first) == len(second) == 2
    assert [x for x, _ in first] == [x for x, _ in second]  # both views show how far from the nipple it lies
    assert [y for _, y in first] != [y for _, y in second]


def test_its_name_is_a_sentence_that_is_always_the_same():
    sentence = "Explorer(0.35 mm x 9, CC -> punctate, grouped -> 0 (after work-up 3))"
    assert repr(explore()) == repr(explore()) == sentence


def test_where_it_cant_run_a_still_picture_stands(explorer):
    data, _ = explorer._repr_mimebundle_()
    assert data["text/plain"] == repr(explorer)
    assert explorer.answer["alt"] in data["text/html"]
    assert "data:image/jpeg;base64," in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.parametrize(
    "start", [Recipe(count=5), Case([Recipe(count=5)], seed=7), Case([Recipe(count=5)], seed=7).code]
)
def test_it_opens_on_a_recipe_a_case_or_a_code(start):
    assert Case.from_code(explore(start).answer["code"]) == Case([Recipe(count=5)], seed=7)


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        ({"start": 3}, "3"),
        ({"start": "hello"}, "'hello'"),
        ({"seed": "x"}, "'x'"),
        ({"view": "XX"}, "'XX'"),
        ({"rulebook": "hearsay"}, "'hearsay'"),
        ({"sliders": ("size",)}, "'size'"),
        ({"context": "screening"}, "'screening'"),
        ({"pixels": 5000}, "5000"),
    ],
)
def test_a_wrong_start_gets_one_sentence(mistake, named):
    with pytest.raises(CourseError, match=named) as told:
        explore(**mistake)
    assert "\n" not in str(told.value)


def test_the_sliders_that_are_named_stand_open():
    fixed = explore(sliders=("size_mm", "count")).fixed
    assert [slider["name"] for slider in fixed["sliders"] if slider["main"]] == ["size_mm", "count"]
    assert [slider["name"] for slider in fixed["sliders"]] == SLIDER_NAMES


def test_an_explorer_that_is_closed_is_let_go_of():
    explorer = explore()
    explorer.set_state({"asked": {**explorer.asked, "seed": 3}})
    held = weakref.ref(explorer)
    explorer.close()
    del explorer
    gc.collect()
    assert held() is None
