// The explorer: sliders left, picture in the middle, verdict and reasons right. It holds no rule: it asks the kernel
// (model "asked") and shows what comes back, picture and words together (model "answer", "ground", "layer").

function select(label, choices, chosen, onchange) {
  const box = h(
    "select",
    { onchange: (event) => onchange(event.target.value) },
    ...choices.map(([value, text]) => h("option", { value, selected: value === chosen }, text))
  );
  return [h("label", { class: "cx-select" }, h("span", {}, label), box), box];
}

// Set a list, if it stands elsewhere: even to set it to what it is costs the page a layout.
function choose(box, value) {
  if (box.value !== value) box.value = value;
}

// Bring the first explorer of a notebook into view after "Start this lesson" has run all cells, and keep it there while
// the last cells still run, unless the reader takes over. A page starts by itself, and its reader at its top.
function bringIntoView(root, signal) {
  const page = root.closest(".jp-Notebook:not(.cx-page)");
  if (!page || page.querySelector(".cx-root") !== root) return;
  let left = 24;
  const over = new AbortController();
  const stop = () => {
    left = 0;
    over.abort();
  };
  const ends = { capture: true, signal: over.signal };
  for (const event of ["wheel", "pointerdown", "keydown", "touchstart"]) window.addEventListener(event, stop, ends);
  signal.addEventListener("abort", stop);
  const look = () => {
    if (left-- <= 0) return stop();
    const box = root.getBoundingClientRect();
    const frame = page.getBoundingClientRect();
    if (Math.abs(box.top - frame.top) > 40) root.scrollIntoView({ block: "start" });
    setTimeout(look, 250);
  };
  look();
}

function renderExplorer({ model, el }) {
  const { sliders, choices, library } = model.get("fixed");
  let now = model.get("asked"); // what the page shows; the kernel may answer with other slider positions (a preset)
  const asked = () => now;
  const ending = new AbortController();
  let by = ""; // the slider that is under the hand
  const ask = (change, control = "") => {
    by = control;
    past.leave();
    put(change);
  };
  const put = (change) => {
    now = { ...now, preset: null, laid: null, code: null, ...change }; // a preset or a code is asked for once
    moves.fade(true);
    link.asked();
    model.set("asked", now);
    model.save_changes();
  };
  const past = createHistory(put);

  const rows = createSliders(sliders, asked().recipe, (name, value) => ask({ recipe: { ...asked().recipe, [name]: value } }, name));
  const [form, formBox] = select("Show me", [["", "my own"], ...choices.forms], "", (word) => word && ask({ preset: word }));
  const [lying, lyingBox] = select("lying", [], "", (word) => ask({ preset: formBox.value, laid: word }));
  let lies; // the form whose ways to lie are offered
  const offer = (word, laid) => {
    if (lies !== word) {
      lies = word;
      const ways = choices.laid[word] || [["", "my own way"]];
      lyingBox.replaceChildren(...ways.map(([value, text]) => h("option", { value }, text)));
      lyingBox.disabled = ways.length < 2;
    }
    choose(lyingBox, laid || "");
  };
  const [laid, laidBox] = select("laid out", choices.arrangements, asked().recipe.arrangement, (word) =>
    ask({ recipe: { ...asked().recipe, arrangement: word, ...(choices.room[word] || {}) } })
  );
  const [view, viewBox] = select("View", choices.views, asked().view, (word) => ask({ view: word }));
  const [setting, settingBox] = select("This is", choices.settings, asked().setting, (word) => ask({ setting: word }));
  const [tissue, tissueBox] = select("Breast tissue", choices.tissues, asked().tissue, (word) => ask({ tissue: word }));
  const ofRecipe = (label, name, list) => select(label, list, asked().recipe[name], (word) => ask({ recipe: { ...asked().recipe, [name]: word } }));
  const [around, aroundBox] = ofRecipe("Around it", "around", choices.arounds);
  const [prior, priorBox] = select("Earlier exam", choices.priors, asked().prior, (word) => ask({ prior: word }));
  const [breast, breastBox] = ofRecipe("Which breast", "breast", choices.breasts);
  const again = h("button", { type: "button", onclick: () => ask({ seed: (asked().seed * 31 + 17) % 100003 }) }, "Another breast");
  const lines = h("input", { type: "checkbox", onchange: () => viewer.overlays.putUsual(lines.checked) });
  const whole = h("input", { type: "checkbox", onchange: (event) => ask({ field: event.target.checked ? "breast" : "close-up" }) });
  whole.checked = asked().field === "breast";

  const folded = rows.rows(false);
  const left = h(
    "div",
    { class: "cx-left" },
    ...rows.rows(true),
    folded.length ? h("details", { class: "cx-more" }, h("summary", {}, "More sliders"), laid, prior, ...folded, around, tissue, breast) : null
  );
  const middle = h("div", { class: "cx-middle" });
  const viewer = createViewer(middle, {
    overlays: choices.overlays,
    drawn: asked().overlay,
    seconds: choices.seconds,
    onOverlays(overlay) {
      lines.checked = viewer.overlays.usualShown();
      ask({ overlay });
    },
    onSecond: (beside) => ask({ beside }),
  });
  lines.checked = viewer.overlays.usualShown();
  const code = h("input", {
    class: "cx-code",
    type: "text",
    spellcheck: "false",
    autocomplete: "off",
    "aria-label": "Case code: copy it to share this pattern, or paste one to open it",
    title: "Copy it to share this pattern, or paste one and press Enter to open it",
    onfocus: () => code.select(),
    onkeydown: (event) => event.key === "Enter" && code.value.trim() && ask({ code: code.value }),
  });
  middle.append(
    h("div", { class: "cx-under" }, h("label", {}, lines, " Outlines, 1 and 2 cm circles"), h("label", {}, whole, " Whole breast"), again)
  );

  const verdict = createVerdict(ending.signal);
  const [book, bookBox] = select("Read by", choices.books, asked().rulebook, (word) => ask({ rulebook: word }));
  const tabs = createTabs(choices.tabs, (tab) => ask({ tab }));
  const moves = createMoves(model, sliders, (name, value) => {
    ask({ recipe: { ...asked().recipe, [name]: value } });
    rows.take(name, value);
  });
  const problem = h("p", { class: "cx-problem", role: "alert" });
  const right = h("div", { class: "cx-right" }, book, verdict.element, verdict.aloud, tabs.row, tabs.panel);
  const root = h(
    "div",
    { class: "cx-root cx-explorer", tabindex: -1 }, // a click anywhere in it brings the keys here
    h("div", { class: "cx-top" }, past.element, form, lying, view, setting),
    h("div", { class: "cx-columns" }, left, middle, right),
    problem
  );
  const link = createLink(model, el, root, ["answer"], ending.signal);
  root.append(
    link.words,
    h("div", { class: "cx-foot cx-row" }, h("span", {}, "Schematic images for learning, not for diagnosis."), h("label", {}, "Case code ", code), createCopy(code), createAdding(model, problem, ending.signal), createStage(root, ending.signal))
  );
  root.addEventListener("keydown", past.keys);
  el.append(root);

  const pane = (lines, name) => lines && { ...lines, ground: model.get(`ground${name}`), layer: model.get(`layer${name}`) };
  let reset = model.get("answer").reset;
  function draw() {
    const a = model.get("answer");
    problem.textContent = a.problem || "";
    if (a.problem) return moves.fade(false); // nothing has changed: they still hold
    viewer.show(pane(a, ""), pane(a.beside, "_beside"));
    viewer.describe([a.alt, a.alt_beside]);
    choose(code, a.code);
    if (a.reset !== reset) {
      reset = a.reset;
      now = { ...now, ...a.asked };
      for (const [box, name] of [[viewBox, "view"], [settingBox, "setting"], [priorBox, "prior"], [tissueBox, "tissue"]]) choose(box, now[name]);
      for (const [box, name] of [[aroundBox, "around"], [breastBox, "breast"], [laidBox, "arrangement"]]) choose(box, now.recipe[name]);
      rows.put(now.recipe);
    }
    choose(formBox, a.preset || "");
    offer(a.preset, a.laid);
    choose(bookBox, now.rulebook);
    whole.checked = now.field === "breast";
    past.note({ code: a.code, rulebook: now.rulebook, field: now.field }, by);
    write(a);
    root.dataset.turn = a.turn;
  }

  let written = "";
  let opened = "";
  const unfold = (open) => now.others !== open && put({ others: open });
  function write({ page: { verdict: v, tab, panel, others }, asked, turn }) {
    tabs.show(tab);
    verdict.show(v, asked.setting);
    if (tab === "change") moves.wait(turn, panel.tried);
    const all = JSON.stringify([tab, panel, others]);
    if (written === all) return; // leave it, and what is open in it, alone
    written = all;
    const parts = { why: whyPanel, change: () => moves.elements, books: booksPanel, evidence: evidencePanel }[tab](panel, library, others, unfold);
    if (opened === tab) patch(tabs.panel, parts);
    else tabs.panel.replaceChildren(...parts);
    opened = tab;
  }
  model.on("change:answer", draw);
  draw();
  setTimeout(() => root.isConnected && bringIntoView(root, ending.signal), 0);
  return () => {
    ending.abort();
    model.off("change:answer", draw);
    moves.dispose();
    viewer.dispose();
    takeApart(root);
  };
}
