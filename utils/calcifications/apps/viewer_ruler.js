// The ruler: two points of a picture and their distance in mm, in the plane of the breast.

const TICK = 5; // half of the stroke at each end, in pixels of the screen

function createRuler(pane) {
  const line = h("path", { class: "cx-ruler-line" });
  const words = h("text", { class: "cx-ruler-words" });
  const element = h("g", { class: "cx-ruler" }, line, words);
  let from = null;
  let to = null;

  const mm = () => (from && to ? Math.hypot(to[0] - from[0], to[1] - from[1]) * pane.pixelMm : 0);
  const ruler = {
    element,
    pending: false, // the first end is set, the second follows the hand
    mm,
    words: () => `${mm().toFixed(1)} mm`,
    start(point) {
      from = to = point;
      ruler.pending = true;
      ruler.draw();
    },
    move(point) {
      to = point;
      ruler.draw();
    },
    end(point) {
      ruler.move(point);
      ruler.pending = false;
    },
    clear() {
      from = to = null;
      ruler.pending = false;
      ruler.draw();
    },
    draw() {
      element.style.display = from ? "" : "none";
      if (!from) return;
      const [a, b] = [pane.toPane(from), pane.toPane(to)];
      const long = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
      const [x, y] = [(-(b[1] - a[1]) / long) * TICK, ((b[0] - a[0]) / long) * TICK];
      const tick = ([u, v]) => `M${u - x} ${v - y}L${u + x} ${v + y}`;
      line.setAttribute("d", `M${a}L${b}${tick(a)}${tick(b)}`);
      const [width, height] = pane.size();
      words.textContent = ruler.words();
      // beside the end under the hand, on the side where there is room
      const room = words.getComputedTextLength() + TICK;
      words.setAttribute("x", Math.min(Math.max(b[0] + (b[0] >= a[0] ? 2 * TICK : -TICK - room), TICK), width - room));
      words.setAttribute("y", Math.min(Math.max(b[1] + 4, 40), height - 30));
    },
  };
  ruler.draw();
  return ruler;
}
