"""Imaging: views, attenuation, tissue, and the radiograph that they make of a pattern."""

from calcifications.imaging.radiograph import Radiograph, project, radiograph
from calcifications.imaging.tissue import tissue
from calcifications.imaging.view import View, view_named, views

__all__ = ["Radiograph", "View", "project", "radiograph", "tissue", "view_named", "views"]
