// Which word was taken for which: a table for each kind of question.

function kindChoice(kinds, chosen, state, redraw) {
  const box = h("select", { onchange: () => ((state.kind = box.value), redraw(), document.querySelector(".cx-standing .cx-panel select")?.focus()) }, ...kinds.map((kind) => h("option", { value: kind.kind, selected: kind === chosen }, kind.title)));
  return h("p", {}, h("label", { class: "cx-select" }, h("span", {}, "Kind of question"), box));
}

function mixUps(kinds, state, redraw, note) {
  const kind = kinds.find((each) => each.kind === state.kind) || kinds[0];
  const { words, times } = kind.matrix;
  return [
    kindChoice(kinds, kind, state, redraw),
    h("p", { class: "cx-note" }, note),
    h(
      "div",
      { class: "cx-wide", tabindex: "0", role: "region", "aria-label": "Mix-ups" },
      h(
        "table",
        { class: "cx-matrix" },
        h("caption", {}, `${kind.title}: which word was taken for which`),
        h("thead", {}, h("tr", {}, h("td", {}), ...words.map((word) => h("th", { scope: "col" }, h("span", {}, word))))),
        h(
          "tbody",
          {},
          ...words.map((word, row) =>
            h("tr", {}, h("th", { scope: "row" }, word), ...times[row].map((time, column) => h("td", { "data-right": row === column ? "yes" : time ? "no" : null }, time ? String(time) : "")))
          )
        )
      )
    ),
  ];
}
