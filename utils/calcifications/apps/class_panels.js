// What the tabs of class results hold. All numbers come worked out from the kernel.

const two = (value) => (value === null ? "–" : value.toFixed(2).replace(/^-0\.00$/, "0.00").replace("-", "−"));
const between = (low, high) => `${Math.round(100 * low)} to ${percent(high)}`;

// How many students had how many questions right: a bar each, with its number; wide scales are put together by fives.
function histogram(students, questions) {
  const step = Math.max(1, Math.ceil((questions + 1) / 26));
  const bins = Array.from({ length: Math.floor(questions / step) + 1 }, (_, place) => [place * step, Math.min(place * step + step - 1, questions), 0]);
  for (const student of students) bins[Math.floor(student.right / step)][2] += 1;
  const name = ([low, high]) => (low === high ? String(low) : `${low}–${high}`);
  const [width, height, foot, head] = [640, 190, 34, 18];
  const wide = width / bins.length;
  const most = Math.max(...bins.map(([, , many]) => many));
  const told = bins.filter(([, , many]) => many).map((bin) => `${name(bin)} right: ${many(bin[2], "student")}`);
  const svg = h("svg", { class: "cx-plot cx-histogram", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `How many had how many right. ${told.join("; ")}.` });
  bins.forEach((bin, place) => {
    const tall = (bin[2] / most) * (height - foot - head);
    const middle = (place + 0.5) * wide;
    if (bin[2]) svg.append(h("rect", { class: "cx-column", x: place * wide + 2, y: height - foot - tall, width: Math.max(wide - 4, 2), height: tall }), h("text", { class: "cx-count", x: middle, y: height - foot - tall - 4, "text-anchor": "middle" }, String(bin[2])));
    if (bins.length <= 13 || place % 2 === 0) svg.append(h("text", { x: middle, y: height - foot + 15, "text-anchor": "middle" }, name(bin)));
  });
  svg.append(h("line", { class: "cx-axis", x1: 0, x2: width, y1: height - foot, y2: height - foot }), h("text", { x: width / 2, y: height - 3, "text-anchor": "middle" }, `questions right, of ${questions}`));
  return svg;
}

// A table whose heads say in which order it can be put.
function table(caption, heads, rows) {
  return h(
    "div",
    { class: "cx-wide", tabindex: "0", role: "region", "aria-label": caption },
    h(
      "table",
      { class: "cx-class-table" },
      h("caption", { class: "cx-said" }, caption),
      h("thead", {}, h("tr", {}, ...heads.map(([head, title]) => h("th", { scope: "col", title }, head)))),
      h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell, place) => (place ? h("td", {}, cell) : h("th", { scope: "row" }, cell))))))
    )
  );
}

function scoresPanel(s) {
  const tile = (value, words) => h("div", { class: "cx-tile" }, h("b", {}, value), h("span", {}, words));
  const { spread } = s;
  const share = (right) => `${right} of ${s.questions}`;
  const mark = (student) => [student.unlisted && "not on the class list", student.answered < s.questions && `${s.questions - student.answered} not answered`, student.breaks && many(student.breaks, "break")].filter(Boolean).join(", ");
  return [
    h(
      "div",
      { class: "cx-tiles" },
      tile(String(s.results), `result${s.results === 1 ? "" : "s"}, ${many(s.questions, "question")} each`),
      tile(spread.mean.toFixed(1), `right on average (${percent(spread.mean / s.questions)})`),
      tile(`${spread.low} to ${spread.high}`, `lowest to highest; median ${spread.median}`),
      spread.sd !== null && tile(spread.sd.toFixed(1), "standard deviation"),
      spread.alpha !== null && tile(two(spread.alpha), "Cronbach’s alpha, 1 at most")
    ),
    h("h4", {}, "How the scores lie"),
    histogram(s.students, s.questions),
    s.agreements.length && h("h4", {}, "Agreement with the key, beyond chance (kappa)"),
    s.agreements.length && h("p", { class: "cx-note" }, "Dot: the class, with the 95 % interval over students (jackknife), for these questions. Dashed mark: radiologists among themselves, on real films (Berg 2000). The course’s cases are clear ones: to be above the mark is no proof of being better."),
    s.agreements.length &&
      h(
        "div",
        { class: "cx-rows" },
        ...s.agreements.flatMap((a) => [
          h("p", {}, a.title),
          onScale({ ...a, value: a.kappa, least: -0.2, marks: [{ at: a.radiologists }], words: a.told, ticks: [[0, "0: chance"], [0.5, "0.5"], [1, "1"]] }),
          h("p", {}, `${two(a.kappa)}${a.low === null ? "" : ` (${two(a.low)} to ${two(a.high)})`}, ${many(a.answers, "answer")}`, h("br"), h("small", { class: "cx-note" }, `radiologists ${two(a.radiologists)}`)),
        ])
      ),
    s.missing.length && h("h4", {}, `Missing: ${s.missing.length}`),
    s.missing.length && h("ul", { class: "cx-due" }, ...s.missing.map((name) => h("li", {}, name))),
    h("h4", {}, "Everyone"),
    table("Scores of all students", [["Student"], ["Right"], ["Minutes"], ["Remarks"]], s.students.map((student) => [student.name, share(student.right), student.minutes.toFixed(0), mark(student)])),
  ].filter(Boolean);
}

const ORDERS = [
  ["asked", "as asked", (a, b) => a.place - b.place],
  ["hard", "hardest first", (a, b) => a.share - b.share],
  ["tells", "tells least apart first", (a, b) => (a.discrimination ?? 2) - (b.discrimination ?? 2)],
];

function itemsPanel(s, state, redraw) {
  const order = ORDERS.find(([name]) => name === state.order) || ORDERS[0];
  const box = h("select", { class: "cx-order", onchange: () => ((state.order = box.value), redraw(), document.querySelector(".cx-class .cx-order")?.focus()) }, ...ORDERS.map(([value, words]) => h("option", { value, selected: value === order[0] }, words)));
  const bar = (item) => h("span", { class: "cx-share", role: "img", "aria-label": `${percent(item.share)} right` }, h("i", { style: `width:${100 * item.share}%` }));
  const coded = (item) => {
    if (!item.code) return "";
    const code = h("code", { class: "cx-code", hidden: true }, item.code);
    const copy = createCopy({ value: item.code });
    copy.querySelector("button").setAttribute("aria-label", `Copy the case code of question ${item.place}`);
    return h("span", {}, copy, code);
  };
  const rows = [...s.items].sort(order[2]).map((item) => [
    String(item.place),
    h("span", {}, h("b", {}, item.key), h("small", {}, item.title)),
    h("span", { class: "cx-shared" }, bar(item), h("b", {}, percent(item.share)), h("small", {}, between(item.low, item.high))),
    h("span", {}, h("b", {}, two(item.discrimination)), item.odd && h("small", { class: "cx-odd" }, "below 0: look at this question")),
    item.times ? h("span", {}, item.taken_for, h("small", {}, `${item.times} of ${s.results}`)) : "",
    item.unanswered ? String(item.unanswered) : "",
    item.seconds === null ? "" : `${Math.round(item.seconds)} s`,
    coded(item),
  ]);
  return [
    h("p", {}, h("label", { class: "cx-select" }, h("span", {}, "Order"), box)),
    h("p", { class: "cx-note" }, "Right: the share that was right, with its 95 % interval (what test books call difficulty: a high one is easy). Tells apart: how being right here goes with being right elsewhere, from −1 to 1 (corrected item-total correlation); near 0 it tells nothing, below 0 those who know more are wrong more often."),
    table("What each question was like", [["No."], ["Right answer"], ["Right"], ["Tells apart"], ["Answered most often instead"], ["Left open"], ["Time"], ["Case"]], rows),
  ];
}

function againPanel(s, ask) {
  const some = s.again.filter((each) => each.share !== null);
  return [
    h("p", { class: "cx-note" }, `Words that fewer than ${percent(s.enough)} of the answers had right (the course’s convention), the weakest first. What was not answered counts as wrong.`),
    some.length ? h("ol", { class: "cx-again" }, ...some.map((each) => h("li", {}, each.told))) : h("p", {}, s.again[0].told),
    some.length && h("p", {}, h("button", { type: "button", class: "cx-next cx-teach", onclick: () => ask({ teach: true }) }, "Save a deck of these"), h("small", { class: "cx-note" }, " Fresh cases of these words beside what they were taken for; to be shown, asked in an exam, or printed.")),
  ].filter(Boolean);
}
