// Class results: files dropped in or read from a folder; tabs over what the class has understood.

const CLASS_TABS = [
  ["scores", "Scores"],
  ["items", "Questions"],
  ["mixed", "Mix-ups"],
  ["again", "Teach again"],
  ["files", "Files and names"],
];
const AT_ONCE = 1_500_000; // letters in one message: a whole class does not fit into one

// A file as it is sent: its bytes as text, or why they are not.
async function packed(file, largest) {
  const name = file.webkitRelativePath ? file.webkitRelativePath.split("/").slice(1).join("/") : file.name;
  if (file.size > largest) return { name, problem: `is larger than a result can be: at most ${Math.round(largest / 1e6)} MB` };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return { name, bytes64: btoa(text) };
  } catch {
    return { name, problem: "can't be read here; if it is a folder, choose it with “A whole folder”" };
  }
}

function renderClass({ model, el }) {
  const ending = new AbortController();
  const state = { tab: "scores", kind: "", order: "asked" };
  let turn = 0;
  const ask = (change) => {
    link.asked();
    model.set("asked", { ...change, turn: ++turn });
    model.save_changes();
  };
  const give = async (files) => {
    const every = [...files].filter((file) => !file.name.startsWith("."));
    let waiting = [];
    let long = 0;
    for (const [place, file] of every.entries()) {
      const each = await packed(file, model.get("largest"));
      waiting.push(each);
      long += (each.bytes64 || "").length;
      const last = place === every.length - 1;
      if (last || long > AT_ONCE) {
        ask({ files: waiting, more: !last });
        [waiting, long] = [[], 0];
      }
    }
  };

  const picker = (words, attributes) => {
    const input = h("input", { type: "file", class: "cx-said", tabindex: -1, "aria-hidden": "true", ...attributes });
    input.addEventListener("change", () => (give(input.files), (input.value = "")));
    return [h("button", { type: "button", onclick: () => input.click() }, words), input];
  };
  const drop = h(
    "div",
    { class: "cx-drop" },
    h("p", {}, h("b", {}, "Drop the result files here"), ", or choose"),
    h("p", { class: "cx-row" }, ...picker("Some files", { multiple: true }), ...picker("A whole folder", { webkitdirectory: true }))
  );
  const over = (on) => drop.classList.toggle("cx-over", on);

  const tabs = createTabs(CLASS_TABS, (name) => ((state.tab = name), draw()), "Class results");
  const notes = h("div", { class: "cx-log", role: "status" });
  const told = h("p", { class: "cx-told", role: "status" });
  const root = h("div", { class: "cx-root cx-standing cx-class", tabindex: -1 }, h("h3", {}, "Class results"), notes, tabs.row, told, tabs.panel);
  const link = createLink(model, el, root, ["shown"], ending.signal);
  root.append(link.words, h("div", { class: "cx-foot cx-row" }, h("span", {}, "Files and names stay on this computer. Synthetic cases: nothing here says how many cancers anyone would find."), createStage(root, ending.signal)));
  for (const [event, on] of [["dragover", true], ["dragleave", false], ["drop", false]])
    root.addEventListener(event, (happened) => {
      happened.preventDefault(); // else the browser would leave this page for the file
      over(on);
      if (event === "drop") give(happened.dataTransfer.files);
    });
  el.append(root);

  function filesPanel(s) {
    const list = h("input", { type: "file", accept: ".txt,.csv", "aria-label": "The class list, a text file with a name a line" });
    list.addEventListener("change", async () => list.files[0] && ask({ list: await packed(list.files[0], model.get("largest")) }));
    const numbers = h("input", { type: "checkbox", checked: s.numbers, onchange: () => ask({ numbers: numbers.checked }) });
    return [
      s.left_out.length && h("h4", {}, `Left out: ${s.left_out.length}`),
      s.left_out.length && h("ul", { class: "cx-left-out" }, ...s.left_out.map((line) => h("li", {}, line))),
      drop,
      h("fieldset", {}, h("legend", {}, "Class list"), h("p", { class: "cx-note" }, s.listed ? `${many(s.listed, "name")}; who has no result that counts is listed under “Scores”.` : "A text file with a name a line: then the page says who is missing."), list),
      h("fieldset", {}, h("legend", {}, "Names"), h("label", { class: "cx-check-box" }, numbers, " Call students by number"), h("p", { class: "cx-note" }, "To show this page to others. A student’s number stays the same on this computer, and nothing on the page leads back from it to a name.")),
      s.files && h("p", {}, h("button", { type: "button", onclick: () => ask({ forget: true }) }, "Forget all files")),
    ].filter(Boolean);
  }
  const nothing = (s) => [
    h("h4", {}, s.files ? "No file here is a result that counts." : "Nothing handed in yet."),
    h("p", {}, "At the end of an exam each student saves a result file and hands it in. Put them all here at once; files that don’t count are listed with the reason."),
    drop,
  ];
  function draw() {
    const s = model.get("shown");
    const panels = { scores: scoresPanel, items: itemsPanel, mixed: mixedHere, again: againPanel, files: filesPanel };
    const given = { items: [state, draw], mixed: [state, draw], again: [ask] }[state.tab] || [];
    tabs.show(state.tab);
    told.textContent = s.told;
    patch(notes, s.notes.concat(s.left_out.length ? [`${many(s.left_out.length, "file")} left out: the reasons stand under “Files and names”.`] : []).map((line) => h("p", {}, line)));
    tabs.panel.replaceChildren(...(s.results || state.tab === "files" ? panels[state.tab](s, ...given) : nothing(s)));
  }
  const mixedHere = (s) => (s.kinds.length ? mixUps(s.kinds, state, draw, "Rows: what it was. Columns: what was answered, by all students together. Framed: right. Words that were never mixed up are left out.") : [h("p", {}, "No word was taken for another.")]);
  let saved = model.get("shown").turn;
  const came = () => {
    const s = model.get("shown");
    draw();
    if (s.file && s.turn !== saved) download(s.file);
    saved = s.turn;
  };
  model.on("change:shown", came);
  draw();
  return () => {
    ending.abort();
    model.off("change:shown", came);
    takeApart(root);
  };
}
