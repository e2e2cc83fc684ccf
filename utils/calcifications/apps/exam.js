// The exam: what is to be known before it, question after question while the time runs, and the result.

function renderExam({ model, el }) {
  const { tick_s: TICK_S, library } = model.get("fixed");
  const ending = new AbortController();
  let turn = 0;
  const ask = (change) => {
    if (!change.drawn) link.asked();
    model.set("asked", { ...change, number: model.get("item").number, turn: ++turn });
    model.save_changes();
  };

  let given; // the answer that is not kept yet
  const question = createQuestion(
    model,
    (change) => {
      if (!("answer" in change)) return ask(change);
      given = change.answer;
      for (const each of question.asked.querySelectorAll("[data-word]")) each.setAttribute("aria-pressed", String(each.dataset.word === given));
      yours.textContent = typeof given === "string" ? `Your answer: ${given}. You can still change it.` : "Your answer is taken. You can still change it.";
      keep.disabled = false;
      keep.focus({ preventScroll: true });
    },
    { library }
  );
  const clock = h("p", { class: "cx-clock", role: "timer", "aria-live": "off" });
  const warned = h("p", { class: "cx-said", role: "status" }); // read aloud now and then, not each second
  const yours = h("p", { class: "cx-yours", role: "status" });
  const keep = h("button", { type: "button", class: "cx-next", disabled: true, onclick: () => ((keep.disabled = true), ask({ answer: given })) });
  const sure = h("span", { class: "cx-sure", hidden: true });
  const hand = h("button", { type: "button", onclick: () => put(sure, true) }, "Hand in now");
  sure.append(
    "Questions without an answer count as wrong. ",
    h("button", { type: "button", onclick: () => ask({ hand_in: true }) }, "Hand in"),
    " ",
    h("button", { type: "button", onclick: () => (put(sure, false), hand.focus()) }, "Go on")
  );
  const put = (part, open) => {
    part.hidden = !open;
    hand.hidden = open;
    if (open) part.querySelector("button").focus();
  };
  const bar = h("div", { class: "cx-row cx-exam-bar" }, clock, warned, h("span", { class: "cx-stage" }, sure, hand));
  const side = h("div", { class: "cx-ask" }, question.asked, h("div", { class: "cx-row cx-keeping" }, keep, yours));
  const two = h("div", { class: "cx-two" }, question.place, side);
  const words = h("div", { class: "cx-words" });
  const back = h("button", { type: "button", class: "cx-next", onclick: () => ask({ review: null }) }, "Back to the result");
  const coded = h("code", { class: "cx-code", tabindex: "0" });
  const problem = h("p", { class: "cx-problem", role: "alert" });
  const root = h("div", { class: "cx-root cx-quiz cx-exam", tabindex: -1 }, bar, words, two, problem);
  const link = createLink(model, el, root, ["item"], ending.signal);
  root.append(link.words, h("div", { class: "cx-foot cx-row" }, h("span", {}, "Schematic images for learning, not for diagnosis."), h("span", { class: "cx-coded" }, coded), createStage(root, ending.signal)));
  root.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && root.dataset.stage === "asking" && question.press(event)) event.preventDefault();
  });
  el.append(root);

  // The time that is left, counted on by the page between two messages.
  let left = 0;
  let since = 0;
  let told = 0; // the minute that was last read aloud
  const running = () => root.dataset.stage === "asking";
  const spoken = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const show = () => {
    const now = Math.max(0, left - (running() ? (performance.now() - since) / 1000 : 0));
    clock.textContent = `${spoken(now)} left`;
    clock.classList.toggle("cx-late", running() && now < 60);
    const minute = Math.ceil(now / 60);
    if (running() && minute !== told && [1, 5].includes(minute)) warned.textContent = `${minute} minute${minute > 1 ? "s" : ""} left`;
    told = minute;
    return now;
  };
  const timed = () => {
    [left, since] = [model.get("left_s"), performance.now()];
    show();
  };
  model.on("change:left_s", timed);
  let ticked = 0;
  const timer = setInterval(() => {
    if (!running() || root.classList.contains("cx-unlinked")) return;
    const over = show() <= 0;
    if (performance.now() - ticked < (over ? 1 : TICK_S) * 1000) return;
    ticked = performance.now();
    model.set("asked", { tick: true, number: model.get("item").number, turn: ++turn });
    model.save_changes();
  }, 250);

  const button = (label, change, kind = "cx-next") => h("button", { type: "button", class: kind, onclick: () => ask(change) }, label);
  const named = h("input", { type: "text", class: "cx-name", maxlength: 100, autocomplete: "name" });
  const go = (i) => h("button", { type: "button", class: "cx-next", onclick: () => ask({ begin: true, name: named.value }) }, i.begun ? `Go on with question ${i.place + 1} of ${i.of}, ${spoken(i.left_s)} left` : "Begin: the time runs from here");
  const beforeIt = (i) => [
    h("h3", { class: "cx-question" }, i.title),
    h("p", {}, `You will be asked to: ${i.kinds.join("; ")}.`),
    h(
      "ul",
      {},
      ...[
        "Nothing is said to your answers before the end. Then you see every question again, with the reasons.",
        "You can change an answer until you press “Keep and go on”; after that there is no way back to it.",
        "Each answer is kept at once. If the computer stops, come back here: you go on at the same question, with the time that was left.",
        "At the end there is a file with your result, to hand in.",
      ].map((line) => h("li", {}, line))
    ),
    ...noted(i),
    h("p", {}, h("label", { class: "cx-select" }, h("span", {}, "Your name, if you hand the result in"), named)),
    h("p", { class: "cx-go" }, go(i)),
    h("p", { class: "cx-edition" }, "For instructors: whoever runs code in this notebook can get at the answers. The page does not hold them before the end, and the result file shows if it was changed; neither replaces somebody who sits beside."),
  ];
  const noted = (i) => (i.note ? [h("p", { class: "cx-problem" }, i.note)] : []);
  const afterIt = (i) => [
    h("h3", { class: "cx-question", tabindex: -1 }, `${i.right} of ${i.of} right`),
    ...i.told.slice(1).map((line) => h("p", { class: line.startsWith(" ") ? "" : "cx-edition" }, line.trim())),
    h("p", { class: "cx-go cx-row" }, h("button", { type: "button", class: "cx-next", onclick: () => download(i.file) }, "Save the result file"), button("Sit it again, from the start", { again: true }, "")),
    h("p", { class: "cx-edition" }, `It is also kept in ${i.kept}.`),
    ...noted(i),
    ...i.log.map((line) => h("p", { class: "cx-problem" }, line)),
    h(
      "table",
      { class: "cx-marks-table" },
      h("caption", { class: "cx-said" }, "All questions"),
      h("thead", {}, h("tr", {}, ...["", "Question", "Your answer", "Right answer", "Time", ""].map((name) => h(name ? "th" : "td", name ? { scope: "col" } : {}, name)))),
      h(
        "tbody",
        {},
        ...i.rows.map((row) =>
          h(
            "tr",
            { "data-right": row.right ? "yes" : "no" },
            h("td", {}, String(row.place + 1)),
            h("td", {}, row.title),
            h("td", { class: row.right ? "cx-yes" : "cx-no" }, `${row.right ? "✓" : "✗"} ${row.answer ?? "no answer"}`),
            h("td", {}, row.key),
            h("td", {}, row.seconds === null ? "" : `${Math.round(row.seconds)} s`),
            h("td", {}, h("button", { type: "button", "aria-label": `Look at question ${row.place + 1}`, onclick: () => ask({ review: row.place }) }, "Look"))
          )
        )
      )
    ),
  ];

  let stage = "";
  function draw() {
    const i = model.get("item");
    problem.textContent = i.problem || "";
    if (i.problem) {
      keep.disabled = given === undefined;
      return;
    }
    const review = i.stage === "ended" && i.review;
    const came = stage !== `${i.stage} ${Boolean(review)}`;
    stage = `${i.stage} ${Boolean(review)}`;
    root.dataset.stage = i.stage;
    bar.hidden = i.stage !== "asking";
    two.hidden = i.stage !== "asking" && !review;
    words.hidden = i.stage === "asking" || Boolean(review);
    coded.textContent = review && review.code ? `Case code ${review.code}` : "";
    show();
    if (i.stage === "ready") {
      named.value ||= i.name;
      words.replaceChildren(...beforeIt(i));
    }
    if (i.stage === "ended" && !review) words.replaceChildren(...afterIt(i));
    if (i.stage === "asking" || review) drawQuestion(review || i, Boolean(review));
    if (came && i.stage === "ended") (review ? back : words.querySelector("h3")).focus({ preventScroll: true });
  }
  function drawQuestion(i, review) {
    const fresh = question.show(i);
    two.classList.toggle("cx-alone", !i.panes.length);
    root.dataset.kind = i.kind;
    side.lastChild.replaceChildren(...(review ? [back] : [keep, yours]));
    if (review && !i.feedback) side.lastChild.append(h("p", { class: "cx-yours" }, `No answer. Right: ${i.key}. ${i.why}`));
    if (review || !fresh) return;
    given = undefined;
    for (const each of question.asked.querySelectorAll(".cx-hand-in")) each.textContent = "Take this answer"; // nothing is marked now
    yours.textContent = "";
    put(sure, false);
    keep.disabled = true;
    keep.textContent = i.place + 1 < i.of ? "Keep and go on" : "Keep, and end the exam";
    root.dataset.number = i.number;
    ask({ drawn: true });
  }
  model.on("change:item", draw);
  timed();
  draw();
  return () => {
    ending.abort();
    clearInterval(timer);
    model.off("change:item", draw);
    model.off("change:left_s", timed);
    question.viewer.dispose();
    takeApart(root);
  };
}
