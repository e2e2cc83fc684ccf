// The tabs beside the verdict: why, what would change it, the other rulebooks, the evidence. They hold no rule either.

let tabsMade = 0; // ids must differ from one explorer to the next

// A row of tabs over one panel. Arrow keys go from tab to tab; `choose` is told which one is asked for.
function createTabs(titles, choose, label = "About the verdict") {
  const id = `cx-tabs-${++tabsMade}`;
  const names = titles.map(([name]) => name);
  const panel = h("div", { class: "cx-panel", role: "tabpanel", tabindex: "0", id: `${id}-panel` });
  const keys = { ArrowRight: 1, ArrowLeft: -1, Home: "first", End: "last" };
  const onkeydown = (event) => {
    const key = keys[event.key];
    if (!key) return;
    event.preventDefault();
    const here = names.indexOf(event.target.dataset.tab);
    const next = key === "first" ? 0 : key === "last" ? names.length - 1 : (here + key + names.length) % names.length;
    buttons[next].focus();
    choose(names[next]);
  };
  const buttons = titles.map(([name, title]) =>
    h("button", { type: "button", role: "tab", id: `${id}-${name}`, "aria-controls": panel.id, "data-tab": name, onclick: () => choose(name), onkeydown }, title)
  );
  const row = h("div", { class: "cx-tabs", role: "tablist", "aria-label": label }, ...buttons);
  const show = (name) => {
    if (panel.dataset.tab === name) return;
    for (const button of buttons) {
      const open = button.dataset.tab === name;
      button.setAttribute("aria-selected", String(open));
      button.tabIndex = open ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", `${id}-${name}`);
    panel.scrollTop = 0;
    panel.dataset.tab = name;
  };
  return { row, panel, show };
}

// A rule that applies, with its checks and where it comes from.
function step(s, library) {
  return h(
    "section",
    { class: "cx-step" },
    h("h3", {}, h("span", { class: "cx-step-name" }, s.name), s.title),
    ...s.checks.map(check),
    h("p", {}, s.because),
    fold(s.certainty === "course convention" ? "Source (the number is the course’s)" : "Source", () => [sources(s.source, library)])
  );
}

// The rules that do not apply are asked for when their fold is opened: they are longer than all the rest.
function whyPanel(p, library, others, unfold) {
  const waiting = [h("p", {}, "…")];
  const told = () => (others ? others.map((o) => h("p", {}, h("b", {}, o.title), ` ${o.failed}`)) : waiting);
  const rest = fold("Rules that came before and do not apply", told, { class: "cx-others" });
  rest.addEventListener("toggle", () => unfold(rest.open));
  return [
    // one element, however many they are: what is unfolded below keeps its place
    h("div", {}, ...p.doubts.map((doubt) => h("p", { class: "cx-doubt" }, doubt)), ...p.steps.map((s) => step(s, library))),
    rest,
    fold(
      "About this rulebook, and what it does not cover",
      () => [...p.about.map((note) => h("p", {}, note)), h("ul", {}, ...p.not_covered.map((gap) => h("li", {}, gap)))],
      { class: "cx-others cx-about" }
    ),
    fold("As a report would say it", () => [h("p", {}, p.report)], { class: "cx-others cx-report" }),
    h("p", { class: "cx-edition" }, `${p.read_on} ${p.edition}`),
  ];
}

function booksPanel(p, library) {
  const row = (r) =>
    h(
      "div",
      { class: "cx-book" + (r.chosen ? " cx-chosen" : ""), "data-book": r.id },
      h("div", {}, h("b", {}, r.chosen ? "● " : "", r.title, r.warning && h("small", {}, " second-hand")), h("span", {}, r.words)),
      h("div", {}, h("strong", {}, r.line), h("span", {}, r.then))
    );
  const part = (d) =>
    fold([h("b", {}, d.between.join(" · ")), h("span", {}, d.what)], () => [h("p", {}, d.why), sources(d.source, library)], { class: "cx-part" });
  return [
    ...p.rows.map(row),
    h("h3", { class: "cx-parts" }, p.parts.length ? "Where they part (open one to see why)" : "Here they do not part."),
    ...p.parts.map(part),
  ];
}

function evidencePanel(p, library) {
  return [
    h("p", { class: "cx-note" }, "Of lesions in these words, how many proved malignant. Nobody’s risk."),
    h("h3", { class: "cx-parts" }, "Published series"),
    ...(p.published.length ? [] : [h("p", {}, "Nothing was published in these words.")]),
    ...p.published.map((range) =>
      h(
        "div",
        { class: "cx-range" },
        h("span", {}, range.words),
        h("strong", {}, range.span),
        fold(range.many, () =>
          range.studies.map((s) => h("div", { class: "cx-study" }, h("b", {}, s.percent), ` ${s.design}. ${s.note}`, sources([s.source], library)))
        )
      )
    ),
    h("h3", { class: "cx-parts" }, "Real cases, CBIS-DDSM"),
    ...(p.real.length ? [] : [h("p", {}, "No case was described in these words.")]),
    ...p.real.map((count) =>
      h("div", { class: "cx-range" }, h("span", {}, count.words), h("strong", {}, count.span), h("span", { class: "cx-cases" }, count.cases))
    ),
    h("p", { class: "cx-caution" }, p.caution),
  ];
}

// The moves that would change the verdict. They come one slider at a time once all has rested; what is asked next calls
// that off, and until others come the old ones stand there faint.
function createMoves(model, sliders, go) {
  const list = h("div", { class: "cx-moves" });
  const foot = h("p", { class: "cx-edition" });
  let turn = -1; // of the answer whose moves are awaited
  let tried = "";
  let seen = [];

  const fade = (old) => {
    list.classList.toggle("cx-old", old);
    for (const button of list.children) button.disabled = old;
  };
  const wait = (ofTurn, how) => {
    fade(true);
    [turn, tried, seen] = [ofTurn, how, []];
    foot.textContent = "Looking …";
  };
  const chip = (m) =>
    h(
      "button",
      { type: "button", class: "cx-move", "data-move": m.slider, disabled: list.classList.contains("cx-old"), onclick: () => go(m.slider, m.now) },
      h("b", {}, m.head),
      h("span", {}, m.news)
    );
  const find = () => {
    const found = model.get("found");
    if (found.turn !== turn) return;
    if (!seen.length) {
      list.replaceChildren();
      fade(false);
    }
    seen.push(found);
    if (found.move) list.append(chip(found.move));
    const next = sliders[seen.length];
    const still = seen.filter((each) => !each.move).map((each) => sliders.find((s) => s.name === each.slider).label);
    foot.textContent = next ? `Looking: ${next.label} …` : (still.length ? `Nothing that was tried changes it: ${still.join(", ")}. ` : "") + tried;
  };
  model.on("change:found", find);
  return { elements: [list, foot], wait, fade, dispose: () => model.off("change:found", find) };
}
