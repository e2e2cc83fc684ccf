// The quiz: a question, its answer, what is said to it, and the next one.

function renderQuiz({ model, el }) {
  const ending = new AbortController();
  let turn = 0;
  const ask = (change) => {
    if (!change.drawn) link.asked(); // to that, nothing is answered
    model.set("asked", { ...change, number: model.get("item").number, turn: ++turn });
    model.save_changes();
  };
  const question = createQuestion(model, ask, model.get("fixed"));
  const code = h("code", { class: "cx-code", tabindex: "0", title: "Case code: rebuilds exactly this pattern" });
  const coded = h("span", { class: "cx-coded" }, "Case code ", code);
  const copy = createCopy(code);
  const next = h("button", { type: "button", class: "cx-next", onclick: () => ask({ next: true }) }, "Next question");
  const problem = h("p", { class: "cx-problem", role: "alert" });
  const log = h("div", { class: "cx-log", role: "status" });
  const side = h("div", { class: "cx-ask" }, question.asked, next);
  const two = h("div", { class: "cx-two" }, question.place, side);
  const root = h("div", { class: "cx-root cx-quiz", tabindex: -1 }, two, problem, log); // a click anywhere in it brings the keys here
  const link = createLink(model, el, root, ["item"], ending.signal);
  root.append(
    link.words,
    h("div", { class: "cx-foot cx-row" }, h("span", {}, "Schematic images for learning, not for diagnosis."), coded, copy, createStage(root, ending.signal))
  );
  root.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && question.press(event)) event.preventDefault();
  });
  el.append(root);

  function draw() {
    const i = model.get("item");
    const f = i.feedback;
    problem.textContent = i.problem || "";
    if (i.problem) return;
    const answered = root.dataset.answered === "yes";
    const fresh = question.show(i);
    two.classList.toggle("cx-alone", !i.panes.length);
    root.dataset.kind = i.kind;
    root.dataset.number = i.number;
    root.dataset.answered = f ? "yes" : "no";
    code.textContent = i.code; // it gives the key away, and comes with the answer
    coded.style.visibility = copy.style.visibility = i.code ? "" : "hidden";
    patch(log, i.log.map((line) => h("p", {}, line)));
    next.hidden = !f;
    if (f) next.textContent = f.next;
    if (f && (fresh || !answered)) next.focus({ preventScroll: true });
    if (fresh && !f) ask({ drawn: true });
  }
  model.on("change:item", draw);
  draw();
  return () => {
    ending.abort();
    model.off("change:item", draw);
    question.viewer.dispose();
    takeApart(root);
  };
}
