// The viewer: grey values on a canvas, and drawings over it.
//
// The kernel sends tissue once (16-bit grey values) and a small layer of calcifications at each step. The canvas shows
// their sum through a window, a table from grey to screen. Only the part that changed is drawn again.

// Bytes arrive as a DataView that may start anywhere: copy them, so that 16-bit numbers lie where they must.
function numbers(Type, view) {
  return new Type(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

const KNEE = 0.7; // the same as in still.py

function createViewer(host) {
  const canvas = h("canvas", {
    class: "cx-canvas",
    role: "img",
    "aria-label": "",
    title: "Drag: across for contrast, up for brightness. Double click: back.",
  });
  const over = h("svg", { class: "cx-over", "aria-hidden": "true" });
  const bar = h("div", { class: "cx-scale", "aria-hidden": "true" }, "1 cm");
  const corner = h("div", { class: "cx-corner", "aria-hidden": "true" });
  const nipple = h("div", { class: "cx-nipple", "aria-hidden": "true" });
  const map = h("svg", { class: "cx-map", "aria-hidden": "true" });
  host.append(h("div", { class: "cx-picture" }, canvas, over, corner, nipple, bar, map));

  const pen = canvas.getContext("2d");
  let ground = new Uint16Array(0);
  let rows = 0;
  let columns = 0;
  let image = null;
  let screen = null;
  let table = new Uint32Array(8192);
  let layer = new Uint16Array(0);
  let last = [0, 0, 0, 0];
  let preset = [0, 1];
  let drawn = 0;

  // From grey to screen: a straight line, bent over near white, so that dense lumps keep their shape.
  function setWindow(low, high) {
    for (let grey = 0; grey < table.length; grey++) {
      const x = (grey - low) / (high - low);
      const bent = x < KNEE ? Math.max(x, 0) : KNEE + (1 - KNEE) * (1 - Math.exp((KNEE - x) / (1 - KNEE)));
      const v = Math.round(255 * bent);
      table[grey] = 0xff000000 | (v << 16) | (v << 8) | v;
    }
  }

  // Draw everything again: the tissue, and the layer on it.
  function drawAll() {
    for (let i = 0; i < ground.length; i++) screen[i] = table[ground[i]];
    drawLayer();
    pen.putImageData(image, 0, 0);
  }

  // Drag on the picture: across for contrast (window), up for brightness (level). A double click puts both back.
  let shown = [0, 1];
  let drag = null;
  canvas.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, low: shown[0], high: shown[1] };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drag || !screen) return;
    const middle = (drag.low + drag.high) / 2 + 2 * (event.clientY - drag.y);
    const half = Math.max(20, ((drag.high - drag.low) / 2) * Math.exp((event.clientX - drag.x) / 200));
    shown = [middle - half, middle + half];
    setWindow(...shown);
    drawAll();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (drag = null));
  canvas.addEventListener("dblclick", () => {
    shown = preset;
    setWindow(...shown);
    drawAll();
  });

  function setGround(bytes, shape, low, high) {
    [rows, columns] = shape;
    ground = numbers(Uint16Array, bytes);
    if (ground.length !== rows * columns) return;
    canvas.width = columns;
    canvas.height = rows;
    over.setAttribute("viewBox", `0 0 ${columns} ${rows}`);
    image = pen.createImageData(columns, rows);
    screen = new Uint32Array(image.data.buffer);
    shown = preset = [low, high];
    layer = new Uint16Array(0);
    last = [0, 0, 0, 0];
    setWindow(low, high);
    drawAll();
  }

  function drawLayer() {
    const [r0, c0, height, width] = last;
    const most = table.length - 1;
    for (let r = 0, k = 0; r < height; r++)
      for (let c = 0, i = (r0 + r) * columns + c0; c < width; c++, i++, k++)
        screen[i] = table[Math.min(ground[i] + layer[k], most)];
  }

  // Show the layer at its box [first row, first column, height, width] and clear where the last one was.
  function setLayer(bytes, box) {
    if (!screen) return;
    layer = numbers(Uint16Array, bytes);
    const top = Math.min(...[last, box].filter((b) => b[2]).map((b) => b[0]));
    const left = Math.min(...[last, box].filter((b) => b[2]).map((b) => b[1]));
    const bottom = Math.max(...[last, box].map((b) => b[0] + b[2]));
    const right = Math.max(...[last, box].map((b) => b[1] + b[3]));
    for (let r = last[0]; r < last[0] + last[2]; r++)
      for (let c = last[1], i = r * columns + c; c < last[1] + last[3]; c++, i++) screen[i] = table[ground[i]];
    last = box;
    drawLayer();
    if (bottom > top) pen.putImageData(image, 0, 0, left, top, right - left, bottom - top);
    canvas.dataset.n = ++drawn;
  }

  // What the field is called and how large a centimetre is in it.
  function setLabels(view, pixelMm, alt) {
    corner.textContent = `${view.name} · ${view.plain}`;
    nipple.textContent = view.toward;
    nipple.classList.toggle("cx-west", view.toward.startsWith("←"));
    bar.style.width = `${(100 * 10) / (pixelMm * Math.max(rows, columns))}%`;
    if (canvas.getAttribute("aria-label") !== alt) canvas.setAttribute("aria-label", alt);
  }

  // Draw shapes over the picture, in picture pixels: {kind, points | x, y, r, class}.
  function setShapes(shapes) {
    over.replaceChildren(
      ...shapes.map((shape) =>
        shape.r !== undefined
          ? h("circle", { cx: shape.x, cy: shape.y, r: shape.r, class: shape.class })
          : h(shape.open ? "polyline" : "polygon", { points: shape.points.map((p) => p.join(",")).join(" "), class: shape.class })
      )
    );
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

  return { canvas, setMap, setGround, setLayer, setLabels, setShapes };
}
