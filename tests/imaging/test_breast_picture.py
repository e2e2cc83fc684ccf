"""What must be true of a picture of the whole breast."""

import numpy as np
import pytest

from calcifications.errors import CourseError
from calcifications.imaging.breast_picture import whole_breast
from calcifications.imaging.tissue import tissue
from calcifications.pattern.anatomy import Breast

BREAST = Breast()
ANGLE = np.linspace(-np.pi / 2, np.pi / 2, 60)
OUTLINE = np.stack(
    [BREAST.wall_mm + BREAST.depth_mm * np.cos(ANGLE), BREAST.half_width_mm * np.sin(ANGLE)], axis=1
)  # from above
NIPPLE = (BREAST.wall_mm + BREAST.depth_mm, 0.0)
SHAPE, PIXEL_MM, CENTRE = (320, 280), 0.4, (8.0, 0.0)
X = CENTRE[0] + (np.arange(SHAPE[1]) - (SHAPE[1] - 1) / 2) * PIXEL_MM
Y = -(np.arange(SHAPE[0]) - (SHAPE[0] - 1) / 2) * PIXEL_MM
RADIUS = np.hypot((X - BREAST.wall_mm) / BREAST.depth_mm, Y[:, None] / BREAST.half_width_mm)  # 1 at the skin


def overview(seed=3, density="b", **more):
    more = {"direction": "CC", "nipple_mm": NIPPLE, "centre_mm": CENTRE, **more}
    return whole_breast(seed, density, OUTLINE, SHAPE, PIXEL_MM, **more)


def test_outside_the_skin_is_air_and_inside_is_none():
    picture = overview()
    far = np.hypot(X - NIPPLE[0], Y[:, None]) > 15
    assert not picture[(RADIUS > 1.02) & far & (BREAST.wall_mm < X)].any()
    assert picture[(RADIUS < 0.97)].min() > 500


def test_the_breast_thins_out_towards_the_skin():
    picture = np.mean([overview(seed) for seed in range(4)], axis=0)
    rings = [picture[(low <= RADIUS) & (low + 0.03 > RADIUS) & (X > 0)].mean() for low in (0.6, 0.85, 0.9, 0.94)]
    assert rings == sorted(rings, reverse=True)


def test_the_skin_is_a_thin_line_brighter_than_the_fat_under_it():
    rows = [whole_breast(seed, "c", OUTLINE, (1, 1200), 0.05, centre_mm=(25.0, 30.0))[0] for seed in range(8)]
    row = np.mean(rows, axis=0)
    depth_mm = 0.05 * (np.flatnonzero(row)[-1] - np.arange(len(row)))

    def grey(low, high):
        return row[(low < depth_mm) & (depth_mm < high)].mean()

    assert grey(1.2, 1.6) > grey(2.6, 3.0)  # though the breast is thicker there
    assert grey(8, 12) > grey(4, 7) + 20  # fat, then the gland


def test_the_nipple_stands_out_of_the_outline():
    with_nipple, without = overview(), overview(nipple_mm=None)
    beyond = NIPPLE[0] + 1 < X
    assert with_nipple[:, beyond].any()
    assert not without[:, beyond].any()


def test_the_overview_agrees_with_the_close_up():
    """The same breast: what a close-up shows, the overview shows there."""
    row, column = 150, 100
    close = tissue(3, "b", (61, 61), PIXEL_MM, centre_mm=(X[column], Y[row]))
    np.testing.assert_allclose(close, overview()[row - 30 : row + 31, column - 30 : column + 31], atol=2)


def test_a_field_cut_out_of_the_overview_is_the_same_picture():
    part = whole_breast(
        3, "b", OUTLINE, (80, 80), PIXEL_MM, nipple_mm=NIPPLE, centre_mm=(CENTRE[0] + 60 * PIXEL_MM, 0.0)
    )
    np.testing.assert_allclose(part, overview()[120:200, 160:240], atol=2)


def test_the_muscle_is_a_bright_wedge_that_narrows_downwards():
    plain, oblique = overview(density="a", direction="MLO"), overview(density="a", direction="MLO", pectoral=True)
    brighter = (oblique - plain > 100) & (plain > 0)
    widths = brighter.sum(axis=1)
    assert widths[60] > widths[100] > widths[130]
    assert not brighter[220:].any()
    assert not brighter[:, X > 20].any()
    assert brighter[60, : widths[60] - 3].all()  # from the chest wall on


def test_the_armpit_runs_on_above_the_breast_on_an_oblique_view():
    outside = (Y[:, None] > BREAST.half_width_mm + 2) & (BREAST.wall_mm + 15 > X)
    assert overview(pectoral=True)[outside].min() > 500
    assert not overview()[outside & (BREAST.wall_mm < X)].any()


@pytest.mark.parametrize("outline", [None, [[0, 0], [1, 1]], [[0, 0, 0]] * 4, [[0, 0], [1, np.nan], [2, 2]]])
def test_an_outline_that_is_none_gets_one_sentence(outline):
    with pytest.raises(CourseError) as caught:
        whole_breast(3, "b", outline, (8, 8), 1.0)
    assert "The breast's outline can't be" in str(caught.value)
    assert "\n" not in str(caught.value)
