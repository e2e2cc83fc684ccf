// A pane: one picture, its grey values on a canvas, what is drawn over them, and what is written at its edges.
//
// The kernel sends tissue once (16-bit grey values) and a small layer of calcifications at each step. The canvas holds
// their sum through the window, a pixel each; zoom and place only lay it out anew, and the browser interpolates.

const ROOM = 24; // pixels of the screen that words need
const WAYS_ROUND = Array.from({ length: 12 }, (_, hour) => ((hour % 2 ? -1 : 1) * Math.ceil(hour / 2) * Math.PI) / 6); // from the top, to both sides in turn

let panesMade = 0; // ids must differ from one pane to the next

function createPane(shared) {
  const canvas = h("canvas", { class: "cx-canvas", role: "img", "aria-label": "", id: `cx-canvas-${++panesMade}` });
  const over = h("svg", { class: "cx-over", "aria-hidden": "true" });
  const bar = h("div", { class: "cx-scale", "aria-hidden": "true" });
  const corner = h("div", { class: "cx-corner", "aria-hidden": "true" });
  const nipple = h("div", { class: "cx-nipple", "aria-hidden": "true" });
  const map = h("svg", { class: "cx-map", "aria-hidden": "true" });
  const levels = h("span", { class: "cx-levels" });
  const zoomed = h("span", { class: "cx-zoomed" });
  const numbersShown = h("div", { class: "cx-numbers", "aria-hidden": "true" }, zoomed, levels);
  const hair = h("path", { class: "cx-hair" });
  const spoken = { role: "application", "aria-label": "Picture; press ? for its keys", "aria-describedby": canvas.id };
  const element = h("div", { class: "cx-picture", tabindex: 0, ...spoken });

  const pen = canvas.getContext("2d");
  const table = new Uint32Array(GREYS);
  let bytes = null; // of the tissue, as they came
  let ground = new Uint16Array(0);
  let sum = ground; // tissue and layer
  let [rows, columns] = [0, 0];
  let image = null;
  let screen = null;
  let last = [0, 0, 0, 0]; // where the layer lies: first row, first column, height, width
  let fitted = [0, 1];
  let whole = false; // the picture shows the whole breast
  let [width, height] = [0, 0];
  let drawn = 0;

  const fit = () => {
    // of two panes, each is half as high: a close-up keeps its size, and the hand moves it; a whole breast stays whole
    const wide = width / columns;
    const scale = shared.panes.length > 1 && !whole ? wide : Math.min(wide, height / rows);
    return Math.abs(scale - 1) < 0.02 ? 1 : scale; // a pixel a pixel, where there is room: sharp
  };
  const middlePixel = () => {
    const [x, y] = pane.within(shared.zoom.x, shared.zoom.y);
    return [columns / 2 + x / pane.pixelMm, rows / 2 + y / pane.pixelMm];
  };
  const pane = {
    element,
    canvas,
    pixelMm: 1,
    cursor: null, // the point under the hand, or moved by keys
    size: () => [width, height],
    middle: () => [width / 2, height / 2],
    fitted: () => fitted,
    scale: () => fit() * shared.zoom.factor,
    least: () => Math.min(1, Math.min(width / columns, height / rows) / fit()),
    // The nearest place that leaves no black beside the picture where there is picture to show.
    within(x, y) {
      const scale = pane.scale();
      const most = (pixels, room) => Math.max(0, (pixels - room / scale) / 2) * pane.pixelMm;
      const [right, down] = [most(columns, width), most(rows, height)];
      return [Math.min(Math.max(x, -right), right), Math.min(Math.max(y, -down), down)];
    },
    toPicture([x, y]) {
      if (!width) pane.measureSize(); // a hand may come before the first look at its size, or the first since it was hidden
      const [column, row] = middlePixel();
      return [column + (x - width / 2) / pane.scale(), row + (y - height / 2) / pane.scale()];
    },
    toPane([x, y]) {
      const [column, row] = middlePixel();
      return [width / 2 + (x - column) * pane.scale(), height / 2 + (y - row) * pane.scale()];
    },
    share: ([x, y]) => [x / columns, y / rows],
    ofShare: ([across, down]) => [across * columns, down * rows],
    inside: ([x, y]) => [Math.min(Math.max(x, 0), columns), Math.min(Math.max(y, 0), rows)],
    isNew: (picture) => picture.ground !== bytes,
    show,
    paint,
    place,
    drawCursor,
    showShapes,
    measureSize() {
      [width, height] = [element.clientWidth, element.clientHeight];
    },
    dispose() {
      canvas.width = canvas.height = 0; // its memory is not the page's
      element.remove();
    },
  };
  const ruler = (pane.ruler = createRuler(pane));
  const loupe = createLoupe(pane);
  const pin = (pane.pin = createPin(pane));
  const marks = h("svg", { class: "cx-marks", "aria-hidden": "true" }, hair, ruler.element, pin.element);
  element.append(canvas, over, corner, nipple, bar, h("div", { class: "cx-low" }, map, numbersShown), marks);

  // Show a picture: the tissue only where it is another, the layer always.
  function show(picture) {
    fitted = picture.window;
    pane.pixelMm = picture.pixel_mm;
    whole = !picture.map.needed;
    if (pane.isNew(picture)) {
      setGround(picture);
      setLayer(picture);
      place();
    } else setLayer(picture);
    setLabels(picture);
    setMap(picture.map);
    over.replaceChildren(...picture.shapes.flatMap(shapeElements).filter(Boolean));
    showShapes();
    canvas.dataset.n = ++drawn;
  }

  function setGround({ ground: grey, shape }) {
    bytes = grey;
    [rows, columns] = shape;
    ground = numbers(Uint16Array, grey);
    sum = ground.slice();
    [canvas.width, canvas.height] = [columns, rows];
    image = pen.createImageData(columns, rows);
    screen = new Uint32Array(image.data.buffer);
    last = [0, 0, 0, 0];
    ruler.clear();
    pin.put(null);
    pane.cursor = null;
    paint();
  }

  // Draw all grey values through the window.
  function paint() {
    if (!screen) return;
    const shown = shared.window.of(fitted);
    fillTable(table, shown, shared.window.inverted);
    for (let i = 0; i < sum.length; i++) screen[i] = table[sum[i]];
    pen.putImageData(image, 0, 0);
    levels.textContent = `W ${Math.round(shown[1] - shown[0])}  L ${Math.round((shown[0] + shown[1]) / 2)}`;
    drawCursor();
  }

  // Lay the layer on the tissue, clear where the last one was, and draw both places.
  function setLayer({ layer, box }) {
    for (let r = last[0]; r < last[0] + last[2]; r++) {
      const i = r * columns + last[1];
      sum.set(ground.subarray(i, i + last[3]), i);
    }
    const [top, left, high, wide] = box;
    const grey = unpack(layer, high * wide);
    for (let r = 0, k = 0; r < high; r++)
      for (let c = 0, i = (top + r) * columns + left; c < wide; c++, i++, k++) sum[i] = Math.min(ground[i] + grey[k], GREYS - 1);
    for (const [r0, c0, tall, across] of [last, box].filter((each) => each[2])) {
      for (let r = r0; r < r0 + tall; r++) for (let i = r * columns + c0; i < r * columns + c0 + across; i++) screen[i] = table[sum[i]];
      pen.putImageData(image, 0, 0, c0, r0, across, tall);
    }
    last = box;
    drawCursor();
  }

  // Lay the picture, and what is drawn over it, where zoom and place put it.
  function place() {
    if (!width || !columns) return;
    const scale = pane.scale();
    const [x, y] = pane.toPane([0, 0]).map((each) => (scale === 1 ? Math.round(each) : each));
    canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    over.setAttribute("viewBox", `${-x / scale} ${-y / scale} ${width / scale} ${height / scale}`);
    over.style.setProperty("--cx-pixel", 1 / scale);
    marks.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const nice = niceBar(pane.pixelMm / scale, width);
    bar.style.width = `${nice.pixels}px`;
    bar.textContent = nice.words;
    const factor = shared.zoom.factor;
    zoomed.textContent = factor === 1 ? "" : `zoom ${Number(factor.toFixed(1))}×${factor > 1 ? ", not magnification" : ""}`;
    ruler.draw();
    pin.draw();
    drawCursor();
    showShapes();
  }

  // Draw the loupe, and the cross where keys have moved it.
  function drawCursor() {
    const here = pane.cursor;
    loupe.draw(shared.loupe, here);
    hair.style.display = here && shared.byKeys && (shared.tool === "ruler" || shared.loupe || shared.aimed) ? "" : "none";
    if (!here) return;
    const [x, y] = pane.toPane(here);
    hair.setAttribute("d", `M${x - 12} ${y}h8m8 0h8M${x} ${y - 12}v8m0 8v8`);
  }

  function setLabels({ view, read }) {
    corner.replaceChildren(`${view.name} · ${view.plain}`, ...(read === false ? [h("small", {}, "shown, not read")] : []));
    nipple.textContent = view.toward;
    nipple.classList.toggle("cx-west", view.toward.startsWith("←"));
  }

  // Show the overlays that are switched on, and what a page sends without a switch.
  function showShapes() {
    for (const shape of over.children) {
      const { kind, round } = shape.dataset;
      const on = !shared.kinds.has(kind) || shared.overlays.shown(kind);
      shape.style.display = on && (!round || putOnCircle(shape, ...round.split(" ").map(Number))) ? "" : "none";
    }
  }

  // Put a circle's words on its line: at the top, or at the next place round it that is in sight. Words come only where
  // the circle has room for them.
  function putOnCircle(words, x, y, radius) {
    if (radius * pane.scale() < ROOM) return false;
    const place = WAYS_ROUND.map((way) => [x + radius * Math.sin(way), y - radius * Math.cos(way)]).find((each) => {
      const [across, down] = pane.toPane(each);
      return across > ROOM && across < width - ROOM && down > 2 * ROOM && down < height - ROOM;
    });
    if (!place) return false;
    words.setAttribute("x", place[0]);
    words.setAttribute("y", place[1]);
    return true;
  }

  // Draw the whole breast in small, in mm: where the field lies in it, and all particles.
  function setMap({ outline, field, dots, needed }) {
    map.style.display = needed ? "" : "none";
    const xs = outline.map((p) => p[0]);
    const ys = outline.map((p) => p[1]);
    const [x, y] = [Math.min(...xs) - 3, Math.min(...ys) - 3];
    map.setAttribute("viewBox", `${x} ${y} ${Math.max(...xs) + 3 - x} ${Math.max(...ys) + 3 - y}`);
    map.replaceChildren(
      h("polygon", { points: outline.map((p) => p.join(",")).join(" ") }),
      h("rect", { x: field[0], y: field[1], width: field[2], height: field[3] }),
      h("path", { d: dots.map((p) => `M${p[0]} ${p[1]}h0`).join("") })
    );
  }

  return pane;
}
