"""Patterns: recipes and what grows from them, in three dimensions, in mm."""

from calcifications.pattern.anatomy import Breast, Duct
from calcifications.pattern.grow import Pattern, grow
from calcifications.pattern.particles import Particles
from calcifications.pattern.presets import arrangeable, forms, preset
from calcifications.pattern.recipe import AROUND, ARRANGEMENTS, BREASTS, SLIDERS, Recipe, Slider

__all__ = [
    "AROUND",
    "ARRANGEMENTS",
    "BREASTS",
    "SLIDERS",
    "Breast",
    "Duct",
    "Particles",
    "Pattern",
    "Recipe",
    "Slider",
    "arrangeable",
    "forms",
    "grow",
    "preset",
]
