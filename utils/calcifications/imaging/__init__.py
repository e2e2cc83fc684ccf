"""Imaging: views, attenuation, tissue, and the radiograph that they make of a pattern."""

from calcifications.imaging.observer import contrast_to_noise, visible_groups
from calcifications.imaging.radiograph import Radiograph, radiograph
from calcifications.imaging.tissue import tissue
from calcifications.imaging.view import SCREENING, WORK_UP, View, look, project, view_named, views

__all__ = [
    "SCREENING",
    "WORK_UP",
    "Radiograph",
    "View",
    "contrast_to_noise",
    "look",
    "project",
    "radiograph",
    "tissue",
    "view_named",
    "views",
    "visible_groups",
]
