"""Patterns: recipes and what grows from them, in three dimensions, in mm."""

from calcifications.pattern.anatomy import Breast, Duct
from calcifications.pattern.earlier import earlier
from calcifications.pattern.grow import Pattern, grow
from calcifications.pattern.particles import Particles
from calcifications.pattern.presets import arrangeable, artefacts, forms, preset, ranges, varied
from calcifications.pattern.recipe import AROUND, ARRANGEMENTS, BREASTS, SLIDERS, Recipe, Slider
from calcifications.pattern.tree import DuctTree, Vessel

__all__ = [
    "AROUND",
    "ARRANGEMENTS",
    "BREASTS",
    "SLIDERS",
    "Breast",
    "Duct",
    "DuctTree",
    "Particles",
    "Pattern",
    "Recipe",
    "Slider",
    "Vessel",
    "arrangeable",
    "artefacts",
    "earlier",
    "forms",
    "grow",
    "preset",
    "ranges",
    "varied",
]
