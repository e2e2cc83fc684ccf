"""How far the beam runs through a particle: true chords of rounded rods, from whatever side they are seen.

A rod is every ball between the two at its ends. Over a point of the picture the ball at `t` (0 to 1 along the rod)
fills the beam from z(t) - sqrt(q(t)) to z(t) + sqrt(q(t)), with z straight and q a parabola; so the highest and the
lowest point of a rod have a closed form. A particle fills the beam from the lowest point of its rods to the highest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]

_LEVEL = np.float32(1e-4)  # a rod this near to end-on, in its radius squared, is taken for a little less so
_HAIR = np.float32(1e-5)  # of a radius: what rounding may add to a rod that lies inside another


@dataclass(frozen=True)
class Solids:
    """Particles as they lie about their own middles, in pixels: to the right, down the picture, towards the tube.

    The particles' axis is the last, so that the arithmetic runs along it. What a particle lacks of the others' balls or
    rods is not a number.

    Attributes
    ----------
    ball : ndarray of float32, shape (4, balls, n)
        Place and radius of balls, most particles' last ones missing.
    rod : ndarray of float32, shape (10, rods, n)
        Place and radius of each rod's ball at `t = 0`; what is added to them on the way to `t = 1`; the parabola's
        curvature; and the square of the cosine between the rod's side and the beam.
    """

    ball: Grey
    rod: Grey

    @classmethod
    def of(cls, start: Grey, end: Grey) -> Solids:
        """Take particles apart into what shows of them.

        Parameters
        ----------
        start, end : ndarray of float32, shape (4, rods, n)
            Place and radius of the balls at the ends of each particle's rods.
        """
        inside = _inside_another(start, end)
        step = end - start
        larger_radius = np.maximum(start[3], end[3])
        flat2 = step[0] ** 2 + step[1] ** 2 - step[3] ** 2  # above 0: the rod's side can be seen
        solid2 = flat2 + step[2] ** 2  # above 0: neither end lies inside the other
        is_rod = ~inside & (solid2 > (_LEVEL * larger_radius) ** 2)
        # the larger end of a rod that is only a ball; both ends of one so steep that its side may be hidden by them
        larger = np.where(step[3] > 0, end, start)
        level = _LEVEL * larger_radius**2
        steep = is_rod & (flat2 < level)
        balls = np.concatenate([larger, np.where(step[3] > 0, start, end)], axis=1)
        is_ball = np.concatenate([~inside & (~is_rod | steep), steep], axis=0)
        # so turned that the highest ball always comes after the lowest along the rod
        turned = (step[2] > 0) != (flat2 > 0)
        curve = np.where(np.abs(flat2) < level, np.copysign(level, flat2), flat2)
        slant = step[2] ** 2 / np.maximum(solid2, 1e-12)
        rods = np.concatenate([np.where(turned, end, start), np.where(turned, -step, step), [curve, slant]])
        return cls(_packed(balls, is_ball), _packed(rods, is_rod))

    def some(self, which: NDArray[np.intp] | slice) -> Solids:
        """Return those that are chosen, without the balls and rods that none of them has."""
        kept = []
        for part in (self.ball[..., which], self.rod[..., which]):
            kept.append(part[:, ~np.isnan(part[0]).all(axis=1)])
        return Solids(*kept)

    @property
    def work(self) -> NDArray[np.intp]:
        """Return how much there is to draw of each particle, shape (n,), in balls; a rod is about five."""
        return (~np.isnan(self.ball[0])).sum(axis=0) + 5 * (~np.isnan(self.rod[0])).sum(axis=0)

    def thickness(self, x: Grey, y: Grey) -> Grey:
        """Return the chords at a grid of points for each particle.

        Parameters
        ----------
        x, y : ndarray of float32, shapes (columns, n) and (rows, n)
            Where the points lie about each particle's middle, in pixels.

        Returns
        -------
        ndarray of float32, shape (rows, columns, n)
            Pixels along the beam, from the lowest point of the particle to the highest.
        """
        shape = (len(y), *x.shape)
        top, bottom = np.full(shape, -np.inf, np.float32), np.full(shape, np.inf, np.float32)
        room = [np.empty(shape, np.float32) for _ in range(4)]
        half, end = room[:2]
        with np.errstate(invalid="ignore"):  # beside a ball its root is not a number, and fmax and fmin pass it over
            for ball in range(self.ball.shape[1]):
                at_x, at_y, z, radius = self.ball[:, ball]
                np.subtract(radius**2 - (x - at_x) ** 2, ((y - at_y) ** 2)[:, None], out=half)
                np.sqrt(half, out=half)
                np.fmax(top, np.add(z, half, out=end), out=top)
                np.fmin(bottom, np.subtract(z, half, out=end), out=bottom)
            for rod in range(self.rod.shape[1]):
                self._add_rod(rod, x, y, top, bottom, room)
        top -= bottom
        return np.maximum(top, 0, out=top)

    def _add_rod(self, rod: int, x: Grey, y: Grey, top: Grey, bottom: Grey, room: list[Grey]) -> None:
        """Raise `top` and lower `bottom` by one rod of each particle; `room` is for work, four arrays like them."""
        q, t, level, twice = room
        at_x, at_y, z, radius, step_x, step_y, step_z, widening, curve, slant = self.rod[:, rod]
        dx, dy = x - at_x, y - at_y
        # q(t) = curve * (level + t * (twice - t)), which is greatest, or least, where t is half of `twice`
        np.subtract((radius**2 - dx**2) / curve, (dy**2 / curve)[:, None], out=level)
        np.add((step_x * dx + radius * widening) / curve, (step_y * dy / curve)[:, None], out=twice)
        np.multiply(twice, twice, out=q)
        q += level
        q *= slant
        away = np.sqrt(q, out=q)  # from there to the highest ball, and to the lowest the other way
        np.subtract(twice, away, out=t)
        away += twice
        twice *= 2
        for place, end, widest, sign in ((t, bottom, np.fmin, np.subtract), (away, top, np.fmax, np.add)):
            np.minimum(np.maximum(place, 0, out=place), 1, out=place)
            # half of that ball's chord; `twice` is free once the lowest is done
            half = twice - place if place is t else np.subtract(twice, place, out=twice)
            half *= place
            half += level
            half *= curve
            np.sqrt(half, out=half)
            place *= step_z
            place += z
            widest(end, sign(place, half, out=place), out=end)


def _inside_another(start: Grey, end: Grey) -> NDArray[np.bool_]:
    """Return which rods lie inside another one of their particle and so never show, shape (rods, n)."""
    rods = start.shape[1]
    inside = np.zeros(start.shape[1:], bool)
    number = np.arange(rods)[:, None]
    for other in range(rods):
        origin, radius = start[:3, other], start[3, other]
        step, widening = end[:3, other] - origin, end[3, other] - radius
        length2 = np.maximum((step**2).sum(axis=0), 1e-12)
        within, clearly = np.ones_like(inside), np.ones_like(inside)
        for ball in (start, end):
            way = ball[:3] - origin[:, None]
            along = np.clip((way * step[:, None]).sum(axis=0) / length2, 0, 1)
            off = np.sqrt(((way - along * step[:, None]) ** 2).sum(axis=0))
            room = radius + along * widening - ball[3] - off
            within &= room >= -_HAIR * ball[3]
            clearly &= room > _HAIR * ball[3]
        inside |= (within & (number > other)) | (clearly & (number < other))
    return inside


def _packed(parts: Grey, chosen: NDArray[np.bool_]) -> Grey:
    """Move each particle's chosen parts, shape (values, parts, n), to the front and drop what no particle needs."""
    order = np.argsort(~chosen, axis=0, kind="stable")[: chosen.sum(axis=0).max(initial=0)]
    packed: Grey = np.take_along_axis(parts, order[None], axis=1)
    packed[:, ~np.take_along_axis(chosen, order, axis=0)] = np.nan
    return packed
