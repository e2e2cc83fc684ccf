// Small plots, drawn as SVG in the page's colours. Each has its numbers in words beside it, for those who can't see it.

const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const percent = (share) => `${Math.round(100 * share)} %`;
const PLOT = { width: 232, height: 74, left: 40, right: 8, top: 8, bottom: 16 };

// A line over time, with its interval if there is one. Points: {day, value, low, high}; `most` is the top of the scale.
// `ends` are the first and the last day of the scale.
function timeline(points, { most, tick, words, ends, whole = "" }) {
  const { width, height, left, right, top, bottom } = PLOT;
  const days = points.map((point) => Date.parse(point.day));
  const [first, last] = ends.map(Date.parse);
  const x = (day) => (first === last ? (left + width - right) / 2 : left + ((day - first) / (last - first)) * (width - left - right));
  const y = (value) => height - bottom - (Math.min(value, most) / most) * (height - top - bottom);
  const at = points.map((point, place) => [x(days[place]), y(point.value)]);
  const svg = h("svg", { class: "cx-plot", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words });
  for (const value of [0, most]) {
    svg.append(h("line", { class: "cx-axis", x1: left, x2: width - right, y1: y(value), y2: y(value) }));
    svg.append(h("text", { x: left - 4, y: y(value) + 4, "text-anchor": "end" }, tick(value)));
  }
  for (const [day, anchor] of first === last ? [[ends[0], "middle"]] : [[ends[0], "start"], [ends[1], "end"]])
    svg.append(h("text", { x: x(Date.parse(day)), y: height - 3, "text-anchor": anchor }, shortDay(day)));
  points.forEach((point, place) => {
    if (point.low !== undefined) svg.append(h("line", { class: "cx-whisker", x1: at[place][0], x2: at[place][0], y1: y(point.low), y2: y(point.high) }));
  });
  svg.append(h("path", { class: `cx-line ${whole}`, d: at.map(([a, b], place) => `${place ? "L" : "M"}${a.toFixed(1)} ${b.toFixed(1)}`).join("") }));
  at.forEach(([a, b]) => svg.append(h("circle", { class: `cx-dot ${whole}`, cx: a, cy: b, r: 3 })));
  return svg;
}

function shortDay(day) {
  return new Date(`${day}T12:00:00`).toLocaleDateString(undefined, { day: "numeric", month: "short" });
}

// A value with its interval on a scale, and marks of others on it: {at, words}.
function onScale({ low, high, value, least = 0, most = 1, marks = [], words, ticks }) {
  const [width, height] = [460, 46];
  const x = (at) => 10 + ((Math.min(Math.max(at, least), most) - least) / (most - least)) * (width - 20);
  const svg = h("svg", { class: "cx-plot cx-scale-plot", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words });
  svg.append(h("line", { class: "cx-axis", x1: 10, x2: width - 10, y1: 22, y2: 22 }));
  for (const [at, label] of ticks) svg.append(h("line", { class: "cx-axis", x1: x(at), x2: x(at), y1: 18, y2: 26 }), h("text", { x: x(at), y: 42, "text-anchor": at === least ? "start" : at === most ? "end" : "middle" }, label));
  if (low !== null && low !== undefined) svg.append(h("line", { class: "cx-interval", x1: x(low), x2: Math.max(x(high), x(low) + 2), y1: 22, y2: 22 }));
  for (const mark of marks) svg.append(h("path", { class: "cx-others-mark", d: `M${x(mark.at)} 8v22` }));
  if (value !== null && value !== undefined) svg.append(h("circle", { class: "cx-dot", cx: x(value), cy: 22, r: 5 }));
  return svg;
}
