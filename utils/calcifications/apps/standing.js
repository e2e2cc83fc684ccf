// How am I doing: tabs over plots and tables. All numbers come worked out from the kernel ("shown").

const TABS = [
  ["now", "Now"],
  ["words", "Word by word"],
  ["mixed", "Mix-ups"],
  ["agreement", "Agreement"],
  ["answers", "My answers"],
];

const seconds = (time) => (time === null ? "" : `${time < 10 ? time.toFixed(1) : Math.round(time)} s`);
const interval = (s) => `${percent(s.low)} to ${percent(s.high)}`;

// Accuracy and speed over time, one below the other.
function curves(times, period) {
  const right = times.filter((time) => time.answers);
  const timed = right.filter((time) => time.seconds !== null);
  const slowest = Math.max(10, ...timed.map((time) => Math.ceil(time.seconds / 10) * 10));
  const ends = [right[0].day, right.at(-1).day];
  const told = (list, say) => list.map((time) => `${shortDay(time.day)}: ${say(time)}`).join("; ");
  return [
    timeline(right.map((time) => ({ day: time.day, value: time.share, low: time.low, high: time.high })), { ends, most: 1, tick: percent, words: `Right, each ${period}: ${told(right, (time) => percent(time.share))}` }),
    timed.length ? timeline(timed.map((time) => ({ day: time.day, value: time.seconds })), { ends, most: slowest, tick: (value) => `${value} s`, whole: "cx-speed", words: `Time of a right answer, each ${period}: ${told(timed, (time) => seconds(time.seconds))}` }) : null,
  ];
}

function nowPanel(s) {
  const [today, ...later] = s.due;
  const tile = (value, words) => h("div", { class: "cx-tile" }, h("b", {}, value), h("span", {}, words));
  return [
    h(
      "div",
      { class: "cx-tiles" },
      tile(String(s.answers), `answer${s.answers === 1 ? "" : "s"} on ${many(s.days, "day")}`),
      tile(percent(s.score.share), `right (95 % interval ${interval(s.score)})`),
      s.score.seconds !== null && tile(seconds(s.score.seconds), "a right answer typically takes"),
      tile(`${s.mastered} of ${s.met}`, "words met so far are mastered"),
      tile(String(today.words.length), "due for review today")
    ),
    h("h4", {}, "Due today"),
    today.words.length ? h("ul", { class: "cx-due" }, ...today.words.map((word) => h("li", {}, word))) : h("p", { class: "cx-note" }, "Nothing. A word is due once it is mastered, at growing intervals; the quiz of any lesson asks first what is due and what is weak."),
    later.some((day) => day.words.length) && h("p", {}, "Coming: ", later.filter((day) => day.words.length).map((day) => `${shortDay(day.day)} ${day.words.length}`).join(", "), "."),
    h("h4", {}, "Over time, each kind of question"),
    h("p", { class: "cx-note" }, "Upper line: share right, with its 95 % interval. Lower, dashed: the time of a right answer. Days without an answer are simply not there."),
    h("div", { class: "cx-cards-row" }, ...s.kinds.map((kind) => h("div", { class: "cx-word-card" }, h("b", {}, kind.title), h("small", {}, `${percent(kind.score.share)} of ${many(kind.score.answers, "answer")} right`), ...curves(kind.times, kind.period)))),
  ].filter(Boolean);
}

function wordsPanel(s, state, redraw) {
  const kind = s.kinds.find((each) => each.kind === state.kind) || s.kinds[0];
  return [
    kindChoice(s.kinds, kind, state, redraw),
    h("p", { class: "cx-note" }, "The weakest first. A word is mastered by four fresh cases in a row, right and fluent."),
    h(
      "div",
      { class: "cx-cards-row" },
      ...kind.words.map((word) =>
        h(
          "div",
          { class: "cx-word-card", "data-word": word.word },
          h("b", {}, word.word),
          h("small", {}, `${word.score.right} of ${word.score.answers} right${word.score.seconds === null ? "" : `, ${seconds(word.score.seconds)}`}; ${word.state}`),
          ...curves(word.times, kind.period)
        )
      )
    ),
  ];
}

function mixedPanel(s, state, redraw) {
  const kinds = s.kinds.filter((kind) => kind.matrix);
  if (!kinds.length) return [h("p", {}, "You have not taken one word for another yet.")];
  return mixUps(kinds, state, redraw, "Rows: what it was. Columns: what you said. Framed: right. Words that were never mixed up are left out.");
}

function agreementPanel(s) {
  const parts = [];
  if (s.agreements.length) {
    parts.push(
      h("h4", {}, "With the key, beyond chance (kappa)"),
      h("p", { class: "cx-note" }, "Dot: you, with the 95 % interval. Dashed mark: radiologists among themselves, on films (Berg 2000). Theirs were real and hard to read; the course’s cases are clear ones: to be above the mark is no proof of being better."),
      h(
        "div",
        { class: "cx-rows" },
        ...s.agreements.flatMap((a) => {
          const mine = a.kappa === null ? `${many(a.answers, "answer")}: too few, or all of one word` : `${a.kappa.toFixed(2)} (${a.low.toFixed(2)} to ${a.high.toFixed(2)}), ${many(a.answers, "answer")}`;
          const words = `${a.title}: you ${mine}; radiologists ${a.radiologists.toFixed(2)}`;
          return [
            h("p", {}, a.title),
            onScale({ ...a, value: a.kappa, least: -0.2, marks: [{ at: a.radiologists }], words, ticks: [[0, "0: chance"], [0.5, "0.5"], [1, "1"]] }),
            h("p", {}, mine, h("br"), h("small", { class: "cx-note" }, `radiologists ${a.radiologists.toFixed(2)}`)),
          ];
        })
      )
    );
  }
  if (s.decisions.length) {
    const row = (words, score) =>
      score.answers
        ? [
            h("p", {}, words),
            onScale({ low: score.low, high: score.high, value: score.share, words: `${words}: ${score.right} of ${score.answers}, ${interval(score)}`, ticks: [[0, "0 %"], [0.5, "50 %"], [1, "100 %"]] }),
            h("p", {}, `${score.right} of ${score.answers}, ${interval(score)}`),
          ]
        : [];
    parts.push(
      h("h4", {}, "With the rule, on what is done"),
      h("p", { class: "cx-note" }, "How often you decide as the rule does, with the 95 % interval. The cases are synthetic and have no diagnosis, so this says nothing of cancers found or missed."),
      h("div", { class: "cx-rows" }, ...s.decisions.flatMap((d) => [...row(`The rule says ${d.what}, and so do you`, d.yes), ...row(`The rule says no ${d.what}, and so do you`, d.no)]))
    );
  }
  if (s.ranges.length)
    parts.push(
      h("h4", {}, "How likely: your ranges beside the published figures"),
      h("p", { class: "cx-note" }, "Bar: your last range. Dashed marks: what each series found. A good range holds most of them, and is no wider than it must be."),
      h(
        "div",
        { class: "cx-rows" },
        ...s.ranges.flatMap((r) => {
          const held = `${many(r.given, "range")} held ${percent(r.held / r.figures)} of the figures`;
          const words = `${r.word}: ${r.low} to ${r.high} %; published: ${r.published.join(", ")} %; ${held}`;
          return [h("p", {}, r.word), onScale({ low: r.low, high: r.high, value: null, most: 100, marks: r.published.map((at) => ({ at })), words, ticks: [[0, "0 %"], [50, "50 %"], [100, "100 %"]] }), h("p", {}, held)];
        })
      )
    );
  return parts.length ? parts : [h("p", {}, "Nothing to compare yet: answer some questions on form, distribution, category, recall or risk.")];
}

function answersPanel(s, ask) {
  const file = h("input", { type: "file", accept: ".jsonl", "aria-label": "A copy of answers, to take in" });
  file.addEventListener("change", async () => file.files[0] && ask({ take_in: { name: file.files[0].name, text: await file.files[0].text() } }));
  const sure = h("span", { class: "cx-row", hidden: true });
  const reset = h("button", { type: "button", onclick: () => open(true) }, "Begin anew …");
  const open = (to) => {
    sure.style.display = to ? "" : "none";
    sure.hidden = !to;
    reset.hidden = to;
    (to ? sure.querySelector("button:last-child") : reset).focus();
  };
  sure.style.display = "none";
  sure.append(`Take all ${many(s.answers, "answer")} out of the log? A copy stays beside it. `, h("button", { type: "button", class: "cx-sure-reset", onclick: () => ask({ reset: true }) }, "Yes, begin anew"), h("button", { type: "button", onclick: () => open(false) }, "No, keep them"));
  return [
    h("fieldset", {}, h("legend", {}, "Save a copy"), h("p", { class: "cx-note" }, "One file with all your answers: for another computer, or to keep."), h("button", { type: "button", disabled: !s.answers, onclick: () => ask({ save: true }) }, "Save a copy")),
    h("fieldset", {}, h("legend", {}, "Take in a copy"), h("p", { class: "cx-note" }, "Adds the answers of a saved copy to those here. What is in both counts once."), file),
    h("fieldset", {}, h("legend", {}, "Begin anew"), h("p", { class: "cx-note" }, "Empties the log. You will be asked first."), s.answers ? reset : h("p", {}, "There is nothing in the log."), sure),
  ];
}

function renderStanding({ model, el }) {
  const ending = new AbortController();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const state = { tab: "now", kind: "" };
  let turn = 0;
  const ask = (change) => {
    link.asked();
    model.set("asked", { ...change, zone, turn: ++turn });
    model.save_changes();
  };
  const tabs = createTabs(TABS, (name) => ((state.tab = name), draw()), "How am I doing");
  const notes = h("div", { class: "cx-log", role: "status" });
  const told = h("p", { class: "cx-told", role: "status" });
  const root = h("div", { class: "cx-root cx-standing", tabindex: -1 }, h("h3", {}, "How am I doing?"), notes, tabs.row, told, tabs.panel);
  const link = createLink(model, el, root, ["shown"], ending.signal);
  root.append(link.words, h("div", { class: "cx-foot cx-row" }, h("span", {}, "From the log of your answers, which stays on this computer."), h("button", { type: "button", class: "cx-renew", onclick: () => ask({}) }, "Look again"), createStage(root, ending.signal)));
  el.append(root);

  const nothing = () => [
    h("h4", {}, "Nothing here yet, and that is fine."),
    h("p", {}, "Answer a few questions in any lesson’s quiz, then press “Look again”. This page will show what you know well, what you mix up, how quick you are, and what is worth another look today."),
    h("p", { class: "cx-note" }, "If you have answers on another computer, save a copy there and take it in under “My answers”."),
  ];
  function draw() {
    const s = model.get("shown");
    const panels = { now: nowPanel, words: wordsPanel, mixed: mixedPanel, agreement: agreementPanel, answers: (all) => answersPanel(all, ask) };
    tabs.show(state.tab);
    told.textContent = s.told;
    patch(notes, s.notes.map((line) => h("p", {}, line)));
    const empty = !s.answers && state.tab !== "answers";
    tabs.panel.replaceChildren(...(empty ? nothing() : panels[state.tab](s, state, draw)));
  }
  let saved = 0;
  const came = () => {
    const s = model.get("shown");
    draw();
    if (s.file && s.turn !== saved) download(s.file);
    saved = s.turn;
  };
  model.on("change:shown", came);
  saved = model.get("shown").turn;
  draw();
  ask({}); // by the days of the reader's own time zone
  return () => {
    ending.abort();
    model.off("change:shown", came);
    takeApart(root);
  };
}
