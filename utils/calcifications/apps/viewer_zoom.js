// Zoom and place, shared by all panes: how many times larger than fitted, and which point of the field lies in the
// middle of a pane, in mm about the field's own middle, so that two views move alike whatever their pixels.

const LARGEST = 8;
const ZOOM_STEP = 1.25; // of a key or a button
const BARS_MM = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];
const LONGEST_BAR = 0.4; // of the pane's width

function createZoom() {
  const zoom = {
    factor: 1,
    x: 0,
    y: 0,
    reset() {
      [zoom.factor, zoom.x, zoom.y] = [1, 0, 0];
    },
    // Zoom so many times about a point of a pane, which stays where it is.
    by(times, pane, at = pane.middle()) {
      const [column, row] = pane.toPicture(at);
      zoom.factor = Math.min(Math.max(zoom.factor * times, pane.least()), LARGEST);
      if (Math.abs(zoom.factor - 1) < 0.02) zoom.factor = 1; // back where each pixel is sharp
      const [now, then] = pane.toPicture(at);
      zoom.to(pane, zoom.x + (column - now) * pane.pixelMm, zoom.y + (row - then) * pane.pixelMm);
    },
    // Move the picture under a pane by so many pixels of the screen.
    move(pane, right, down) {
      const mm = pane.pixelMm / pane.scale();
      zoom.to(pane, zoom.x - right * mm, zoom.y - down * mm);
    },
    to(pane, x, y) {
      [zoom.x, zoom.y] = pane.within(x, y);
    },
  };
  return zoom;
}

// The longest plain length that a scale bar can have, and its words.
function niceBar(mmPerPixel, width) {
  const mm = BARS_MM.filter((each) => each / mmPerPixel <= LONGEST_BAR * width).pop() || BARS_MM[0];
  return { pixels: mm / mmPerPixel, words: mm >= 10 ? `${mm / 10} cm` : `${mm} mm` };
}
