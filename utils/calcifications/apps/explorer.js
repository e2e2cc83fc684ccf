// The explorer: sliders left, picture in the middle, verdict and reasons right. It holds no rule: it asks the kernel
// (model "asked") and shows what comes back: the picture first (model "seen", "ground", "layer"), then the words ("answer").

const SPEAK_MS = 700; // a verdict is read aloud once it has stood for so long

// a slider with a logarithmic scale moves by equal factors
const toPosition = (s, v) => (s.log ? Math.round((s.factors * Math.log(v / s.low)) / Math.log(s.high / s.low)) : v);
const toValue = (s, p) => (s.log ? Number((s.low * (s.high / s.low) ** (p / s.factors)).toPrecision(3)) : Number(p));
const spoken = (s, v) => `${Number(v).toFixed(s.places)}${s.unit ? " " + s.unit : ""}`;

function select(label, choices, chosen, onchange) {
  const box = h(
    "select",
    { onchange: (event) => onchange(event.target.value) },
    ...choices.map(([value, text]) => h("option", { value, selected: value === chosen }, text))
  );
  return [h("label", { class: "cx-select" }, h("span", {}, label), box), box];
}

function verdict(v) {
  return [
    v.warning && h("p", { class: "cx-leaflet" }, v.warning),
    h("p", { class: "cx-word" }, h("span", {}, v.form_plain), h("em", {}, v.form)),
    h("p", { class: "cx-word" }, h("span", {}, v.distribution_plain), h("em", {}, v.distribution)),
    h(
      "p",
      { class: "cx-category" + (v.category.length > 5 ? " cx-long" : "") },
      h("strong", {}, v.category),
      h("span", {}, v.category_plain, h("br"), v.management)
    ),
    h("p", { class: "cx-after" }, v.after || " "),
    h("p", { class: "cx-doubt" }, v.doubt || " "),
  ].filter(Boolean);
}

// The verdict in one breath, for those who hear it.
const spokenVerdict = (v) => [`${v.form}, ${v.distribution}`, `${v.category} ${v.category_plain}`, v.management, v.after, v.doubt].filter((part) => part.trim()).join(". ");

// Bring the first explorer of the page into view after "Start this lesson" has run all cells, and keep it there while
// the last cells still run, unless the reader takes over.
function bringIntoView(root, signal) {
  const page = root.closest(".jp-Notebook");
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

  const inputs = new Map();
  const row = (s) => {
    const value = asked().recipe[s.name];
    const out = h("output", {}, spoken(s, value));
    const input = h("input", {
      type: "range",
      min: s.log ? 0 : s.low,
      max: s.log ? s.factors : s.high,
      step: s.log ? 1 : s.step,
      "aria-label": `${s.label} (${s.term})`,
      "aria-valuetext": spoken(s, value),
      "data-slider": s.name,
      oninput: () => {
        const v = toValue(s, input.value);
        show(v);
        ask({ recipe: { ...asked().recipe, [s.name]: v } }, s.name);
      },
    });
    const show = (v) => {
      out.textContent = spoken(s, v);
      input.setAttribute("aria-valuetext", out.textContent);
    };
    input.value = toPosition(s, value);
    inputs.set(s.name, (v) => {
      input.value = toPosition(s, v);
      show(v);
    });
    return h("label", { class: "cx-slider" }, h("span", { class: "cx-slider-name" }, s.label, h("small", {}, s.term)), out, input);
  };

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
    lyingBox.value = laid || "";
  };
  const [laid, laidBox] = select("laid out", choices.arrangements, asked().recipe.arrangement, (word) =>
    ask({ recipe: { ...asked().recipe, arrangement: word, ...(choices.room[word] || {}) } })
  );
  const [view, viewBox] = select("View", choices.views, asked().view, (word) => ask({ view: word }));
  const [setting, settingBox] = select("This is", choices.settings, asked().setting, (word) => ask({ setting: word }));
  const [tissue, tissueBox] = select("Breast tissue", choices.tissues, asked().tissue, (word) => ask({ tissue: word }));
  const ofRecipe = (label, name, list) => select(label, list, asked().recipe[name], (word) => ask({ recipe: { ...asked().recipe, [name]: word } }));
  const [around, aroundBox] = ofRecipe("Around it", "around", choices.arounds);
  const [breast, breastBox] = ofRecipe("Which breast", "breast", choices.breasts);
  const again = h("button", { type: "button", onclick: () => ask({ seed: (asked().seed * 31 + 17) % 100003 }) }, "Another breast");
  const lines = h("input", { type: "checkbox", onchange: () => viewer.overlays.putUsual(lines.checked) });
  const whole = h("input", { type: "checkbox", onchange: (event) => ask({ field: event.target.checked ? "breast" : "close-up" }) });
  whole.checked = asked().field === "breast";

  const main = sliders.filter((s) => s.main);
  const more = sliders.filter((s) => !s.main);
  const left = h(
    "div",
    { class: "cx-left" },
    ...main.map(row),
    more.length ? h("details", { class: "cx-more" }, h("summary", {}, "More sliders"), ...more.map(row), around, tissue, breast) : null
  );
  const middle = h("div", { class: "cx-middle" });
  const viewer = createViewer(middle, {
    overlays: choices.overlays,
    drawn: asked().overlay,
    views: choices.views,
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

  const words = h("div", { class: "cx-verdict" });
  const aloud = h("p", { class: "cx-said cx-aloud", role: "status", "aria-live": "polite" });
  const [book, bookBox] = select("Read by", choices.books, asked().rulebook, (word) => ask({ rulebook: word }));
  const tabs = createTabs(choices.tabs, (tab) => ask({ tab }));
  const moves = createMoves(model, sliders, (name, value) => {
    const input = root.querySelector(`[data-slider="${name}"]`);
    const fold = input.closest("details");
    if (fold) fold.open = true;
    inputs.get(name)(value);
    ask({ recipe: { ...asked().recipe, [name]: value } });
    input.focus(); // the slider that has moved is under the hand, to move it back or on
  });
  const problem = h("p", { class: "cx-problem", role: "alert" });
  const right = h("div", { class: "cx-right" }, book, words, aloud, tabs.row, tabs.panel);
  const root = h(
    "div",
    { class: "cx-root cx-explorer", tabindex: -1 }, // a click anywhere in it brings the keys here
    h("div", { class: "cx-top" }, past.element, form, lying, laid, view, setting),
    h("div", { class: "cx-columns" }, left, middle, right),
    problem
  );
  const link = createLink(model, el, root, ["answer"], ending.signal);
  root.append(
    link.words,
    h("div", { class: "cx-foot cx-row" }, h("span", {}, "Schematic images for learning, not for diagnosis."), h("label", {}, "Case code ", code), createCopy(code), createStage(root, ending.signal))
  );
  root.addEventListener("keydown", past.keys);
  el.append(root);

  const pane = (lines, name) => lines && { ...lines, ground: model.get(`ground${name}`), layer: model.get(`layer${name}`) };
  function drawPicture() {
    const seen = model.get("seen");
    viewer.show(pane(seen, ""), pane(seen.beside, "_beside"));
    root.dataset.seen = seen.turn;
  }

  let reset = model.get("answer").reset;
  function draw() {
    const a = model.get("answer");
    problem.textContent = a.problem || "";
    if (a.problem) return moves.fade(false); // nothing has changed: they still hold
    viewer.describe([a.alt, a.alt_beside]);
    code.value = a.code;
    if (a.reset !== reset) {
      reset = a.reset;
      now = { ...now, ...a.asked };
      viewBox.value = now.view;
      settingBox.value = now.setting;
      tissueBox.value = now.tissue;
      aroundBox.value = a.asked.recipe.around;
      breastBox.value = a.asked.recipe.breast;
      for (const [name, put] of inputs) put(a.asked.recipe[name]);
      laidBox.value = a.asked.recipe.arrangement;
    }
    formBox.value = a.preset || "";
    offer(a.preset, a.laid);
    bookBox.value = now.rulebook;
    whole.checked = now.field === "breast";
    past.note({ code: a.code, rulebook: now.rulebook, field: now.field }, by);
    write(a);
    root.dataset.turn = a.turn;
  }

  let said = "";
  let speaking = 0;
  let written = "";
  let opened = "";
  function write({ page: { verdict: v, tab, panel }, turn }) {
    tabs.show(tab);
    const words_ = JSON.stringify(v);
    if (said !== words_) {
      words.replaceChildren(...verdict(v));
      clearTimeout(speaking); // not while a slider moves
      speaking = setTimeout(() => (aloud.textContent = spokenVerdict(v)), SPEAK_MS);
    }
    said = words_;
    if (tab === "change") moves.wait(turn, panel.tried);
    const all = JSON.stringify([tab, panel]);
    if (written === all) return; // leave it, and what is open in it, alone
    written = all;
    const open = opened === tab ? [...tabs.panel.querySelectorAll("details")].map((d) => d.open) : [];
    opened = tab;
    const parts = { why: whyPanel, change: () => moves.elements, books: booksPanel, evidence: evidencePanel }[tab];
    tabs.panel.replaceChildren(...parts(panel, library));
    tabs.panel.querySelectorAll("details").forEach((d, i) => {
      if (!open[i]) return;
      d.fill(); // at once, so that nothing jumps
      d.open = true;
    });
  }
  model.on("change:seen", drawPicture);
  model.on("change:answer", draw);
  drawPicture();
  draw();
  setTimeout(() => root.isConnected && bringIntoView(root, ending.signal), 0);
  return () => {
    ending.abort();
    clearTimeout(speaking);
    model.off("change:seen", drawPicture);
    model.off("change:answer", draw);
    moves.dispose();
    viewer.dispose();
    takeApart(root);
  };
}
