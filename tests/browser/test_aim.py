"""Aiming in a real browser: by mouse, by touch and by keys alone, in every look, on both screens."""

import pytest

from calcifications.apps.aim import aim
from tests.browser.axe import violations
from tests.browser.lab import PROJECTOR, WINDOW
from tests.browser.standalone import open_widget

LOOKS = {"dark": {}, "light": {"color_scheme": "light"}, "contrast": {"contrast": "more"}}


@pytest.fixture
def aiming(windows):
    """Open the widget on a page."""

    def opened(**how):
        return open_widget(windows, aim(targets=2, seed=3), "renderAim", **how)

    return opened


def places(asked):
    """Where the middle of the target shows on the screen, in both pictures."""
    target = asked.widget.target
    middle = target.pattern.particles.centre[target.pattern.particles.group == 0].mean(axis=0)
    out = []
    for number, (across, down) in enumerate(target.shares(middle).tolist()):
        box = asked.page.locator(".cx-picture").nth(number).bounding_box()
        out.append((box["x"] + across * box["width"], box["y"] + down * box["height"]))
    return out


def send(asked):
    asked.page.locator(".cx-hand-in").click()
    asked.settle()
    return asked.page.locator(".cx-mark").inner_text()


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_two_presses_and_the_needle_finds_the_target(aiming, touch):
    with aiming(has_touch=touch) as asked:
        press = asked.page.touchscreen.tap if touch else asked.page.mouse.click
        assert asked.page.locator(".cx-hand-in").is_disabled()
        for place in places(asked):
            press(*place)
            asked.settle()
        depth = asked.page.locator(".cx-aim-rows td").nth(1).inner_text()
        assert float(depth.split()[0]) == pytest.approx(asked.widget.target.middle[2], abs=0.6)  # a pixel or two
        assert send(asked) == "✓ The notch holds 1 of 1 speck"
        assert asked.page.locator(".cx-over .cx-ring").count() == 2
        assert asked.page.locator(".cx-aim-side .cx-aim-held").count() == 1
        asked.page.locator(".cx-next").click()
        asked.settle()
        assert asked.widget.number == 1
        assert asked.page.locator(".cx-over .cx-ring").count() == 0
        assert asked.page.locator(".cx-hand-in").is_disabled()


def test_a_cross_is_dragged_and_the_depth_follows(aiming):
    with aiming() as asked:
        mouse = asked.page.mouse
        (x, y), other = places(asked)
        mouse.click(x + 60, y - 50)
        mouse.click(*other)
        asked.settle()
        window = asked.page.locator(".cx-levels").first.inner_text()
        depths = []
        mouse.move(x + 62, y - 49)  # near it is enough
        mouse.down()
        for step in range(1, 6):
            mouse.move(x + 60 - 12 * step, y - 50 + 10 * step)
            asked.settle()
            depths.append(float(asked.page.locator(".cx-aim-rows td").nth(1).inner_text().split()[0]))
        mouse.up()
        assert depths == sorted(depths, reverse=True)
        assert len(set(depths)) == len(depths)
        assert asked.page.locator(".cx-levels").first.inner_text() == window  # and the contrast does not
        assert send(asked).startswith("✓")
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + 40, y)
        mouse.up()
        asked.settle()
        assert len(asked.widget.shots) == 1  # a needle that was sent is not aimed again


def test_keys_alone_do_it(aiming):
    with aiming() as asked:
        for number, (x, y) in enumerate(places(asked)):
            pane = asked.page.locator(".cx-picture").nth(number)
            pane.focus()
            box = pane.bounding_box()
            right, down = round(x - box["x"] - box["width"] / 2), round(y - box["y"] - box["height"] / 2)
            for steps, keys in ((right, ("ArrowRight", "ArrowLeft")), (down, ("ArrowDown", "ArrowUp"))):
                far, near = divmod(abs(steps), 10)
                key = keys[steps < 0]
                asked.press(*[f"Shift+{key}"] * far, *[key] * near)
            asked.press("Enter")
        asked.page.locator(".cx-hand-in").focus()
        asked.press("Enter")
        assert asked.widget.shots[0].right
        asked.press("Enter")  # the focus is on "Next target"
        assert asked.widget.number == 1
        assert asked.page.evaluate("document.activeElement.className").startswith("cx-question")


def test_what_follows_is_read_aloud_once_the_hand_rests(aiming):
    with aiming() as asked:
        one, other = places(asked)
        asked.page.mouse.click(*one)
        asked.settle()
        spoken = asked.page.locator(".cx-aim-words > .cx-said")
        assert "left picture" in spoken.inner_text()
        asked.page.mouse.click(*other)
        asked.settle()
        asked.page.wait_for_function(
            "said => said.textContent.includes('Depth, exact formula')", arg=spoken.element_handle()
        )


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_wrong_with_it_before_or_after(aiming, look):
    with aiming(**LOOKS[look]) as asked:
        for sent in (False, True):
            if sent:
                for place in places(asked):
                    asked.page.mouse.click(*place)
                    asked.settle()
                send(asked)
            assert violations(asked.page, ".cx-aim") == []


@pytest.mark.parametrize("window", [WINDOW, PROJECTOR], ids=["laptop", "projector"])
def test_it_fits_the_screen_and_nothing_jumps_when_the_needle_is_sent(aiming, window):
    with aiming(viewport=window) as asked:
        root = asked.page.locator(".cx-aim")
        before = root.bounding_box()
        for place in places(asked):
            asked.page.mouse.click(*place)
            asked.settle()
        send(asked)
        after = root.bounding_box()
        assert after["height"] <= window["height"]
        assert abs(after["height"] - before["height"]) <= 40
        assert asked.page.locator(".cx-picture").first.bounding_box()["y"] == pytest.approx(
            asked.page.locator(".cx-picture").nth(1).bounding_box()["y"]
        )
