// A pin: one place on a picture, with words beside it. Zoom and place leave it where it was stuck.

const PIN = 9; // pixels of the screen from its middle to the end of its cross
const GRASP = 22; // and so near to it a hand takes hold of it

function createPin(pane) {
  const cross = h("path", { class: "cx-pin" });
  const words = h("text", { class: "cx-ruler-words" });
  const element = h("g", {}, cross, words);
  let at = null;

  const pin = {
    element,
    // Stick it at a place, as shares of the picture across and down; null takes it out.
    put(place, said = "") {
      at = place;
      words.textContent = said;
      pin.draw();
    },
    // Say whether a place of the pane is near enough to take hold of it.
    near([x, y]) {
      const [column, row] = at ? pane.toPane(pane.ofShare(at)) : [Infinity, Infinity];
      return Math.hypot(x - column, y - row) < GRASP;
    },
    draw() {
      element.style.display = at ? "" : "none";
      if (!at) return;
      const [x, y] = pane.toPane(pane.ofShare(at));
      const stroke = (from, to) => `M${x + from} ${y}h${to - from}M${x} ${y + from}v${to - from}`;
      cross.setAttribute("d", `${stroke(-PIN, -3)}${stroke(3, PIN)}M${x + PIN} ${y}a${PIN} ${PIN} 0 1 1 ${-2 * PIN} 0a${PIN} ${PIN} 0 1 1 ${2 * PIN} 0`);
      const [width] = pane.size();
      const room = words.getComputedTextLength() + 2 * PIN;
      words.setAttribute("x", x + room < width ? x + 1.5 * PIN : x - room);
      words.setAttribute("y", y - PIN < 20 ? y + 2 * PIN : y - PIN);
    },
  };
  pin.draw();
  return pin;
}
