"""Still pictures: what stands in a lesson before it is started."""

import base64
import io
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image

from calcifications.apps.still import figure, jpeg, screen, window
from calcifications.case import Case
from calcifications.imaging import views
from calcifications.pattern import Recipe, forms, preset


class Page(HTMLParser):
    """The elements and the text of a piece of HTML."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_words_in_a_still_are_words_and_never_html():
    alt, caption = 'five" onload="run(\'x\')" <b>', "<script>run()</script> & more"
    page = Page(figure(Case([Recipe()]).picture(), alt, caption))
    assert [tag for tag, _ in page.elements] == ["figure", "img", "figcaption"]
    assert page.elements[1][1]["alt"] == alt
    assert "onload" not in page.elements[1][1]
    assert page.text == caption


def test_the_still_is_the_picture():
    picture = Case([Recipe(size_mm=0.8)]).picture()
    source = Page(figure(picture, "", "")).elements[1][1]["src"]
    data = base64.b64decode(source.removeprefix("data:image/jpeg;base64,"))
    still = np.asarray(Image.open(io.BytesIO(data))).astype(int)
    assert len(data) < 200_000  # it is stored in each lesson
    assert np.abs(still - screen(picture.pixels, *window(picture))).mean() < 4


@pytest.mark.parametrize("view", views())
@pytest.mark.parametrize("form", forms())
def test_the_window_shows_tissue_in_grey_and_calcium_brighter(form, view):
    picture = Case([preset(form)], views=(view,)).picture()
    inside = picture.background > 0.6 * np.percentile(picture.background, 95)  # beyond the skin is air
    tissue = screen(picture.background[inside], *window(picture))
    assert 40 < np.median(tissue) < 150
    assert (tissue == 255).mean() < 0.001
    brightest = np.unravel_index(picture.pixels.argmax(), picture.pixels.shape)
    assert screen(picture.pixels, *window(picture))[brightest] > np.percentile(tissue, 99)


def test_screen_values_rise_with_grey_and_end_at_white():
    shown = screen(np.arange(0, 8192, dtype=np.float32), 300.0, 1100.0)
    assert (np.diff(shown.astype(int)) >= 0).all()
    assert (shown[0], shown[-1]) == (0, 255)
    assert jpeg(Case([Recipe()]).picture())[:2] == b"\xff\xd8"
