// The shapes over a picture: outlines, circles, lines, and their words.

// How far outside its particle a line runs, in pixels of the picture: blur carries the particle that far, and it is to be
// seen in its outline; still more in the ring that marks one.
const OUTSIDE = { outline: 1, ring: 3 };

// Push the corners of an outline away from its middle.
function around(points, far) {
  const [x, y] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  return points.map(([u, v]) => {
    const away = 1 + far / (Math.hypot(u - x, v - y) || 1);
    return [x + away * (u - x), y + away * (v - y)];
  });
}

// A shape over the picture. Its points come as [column, row, step, step, ...] in tenths of a pixel.
function shapeElements(shape) {
  const { kind, text, number } = shape;
  const marked = { class: `cx-shape cx-${kind}` + (shape.class ? ` ${shape.class}` : ""), "data-kind": kind };
  if (shape.r !== undefined)
    return [
      h("circle", { cx: shape.x, cy: shape.y, r: shape.r, ...marked }),
      text && h("text", { "data-round": `${shape.x} ${shape.y} ${shape.r}`, ...marked }, text),
    ];
  const corners = [];
  for (let i = 0, x = 0, y = 0; i < shape.points.length; i += 2) corners.push([(x += shape.points[i] / 10), (y += shape.points[i + 1] / 10)]);
  const points = kind === "outline" ? around(corners, shape.class === "cx-ring" ? OUTSIDE.ring : OUTSIDE.outline) : corners;
  const path = h("path", { d: `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}${shape.open ? "" : "z"}`, ...marked, "data-number": number });
  if (!text) return [path];
  const [[x0, y0], [x1, y1]] = points; // words stand under the middle of a line
  return [path, h("text", { x: (x0 + x1) / 2, y: (y0 + y1) / 2, dy: "1.3em", ...marked }, text)];
}
