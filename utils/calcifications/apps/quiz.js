// The quiz: a picture, a question, options. The key never comes to the page before the answer has gone to the kernel.

function renderQuiz({ model, el }) {
  const { library } = model.get("fixed");
  const ending = new AbortController();
  const ask = (change) => {
    link.asked();
    model.set("asked", change);
    model.save_changes();
  };
  const place = h("div", { class: "cx-middle" });
  const looks = h("div", { class: "cx-looks", role: "radiogroup", "aria-label": "View" });
  place.append(looks);
  const viewer = createViewer(place, { digits: false }); // digits answer
  const code = h("code", { class: "cx-code", tabindex: "0", title: "Case code: rebuilds exactly this pattern" });
  const head = h("p", { class: "cx-progress" });
  const question = h("h3", { class: "cx-question", tabindex: "-1" });
  const options = h("div", { class: "cx-options", role: "group" });
  const feedback = h("div", { class: "cx-feedback", role: "status", "aria-live": "polite" });
  const next = h("button", { type: "button", class: "cx-next", onclick: () => ask({ next: model.get("item").number }) }, "Next question");
  const problem = h("p", { class: "cx-problem", role: "alert" });
  const asked = h("div", { class: "cx-asked", tabindex: "0", role: "region", "aria-label": "Question" }, head, question, options, feedback);
  const side = h("div", { class: "cx-ask" }, asked, next);
  const root = h(
    "div",
    { class: "cx-root cx-quiz", tabindex: -1 }, // a click anywhere in it brings the keys here
    h("div", { class: "cx-two" }, place, side),
    problem
  );
  const link = createLink(model, el, root, ["item"], ending.signal);
  root.append(
    link.words,
    h("div", { class: "cx-foot cx-row" }, h("span", {}, "Schematic images for learning, not for diagnosis."), h("span", { class: "cx-coded" }, "Case code ", code), createCopy(code), createStage(root, ending.signal))
  );
  root.addEventListener("keydown", (event) => {
    const button = options.children[Number(event.key) - 1];
    if (button && !button.disabled && !event.ctrlKey && !event.altKey && !event.metaKey) button.click();
  });
  el.append(root);

  let number = 0;
  let look = "";
  function draw() {
    const i = model.get("item");
    const f = i.feedback;
    problem.textContent = i.problem || "";
    if (i.problem) return;
    viewer.describe([f ? f.alt : i.alt]);
    viewer.show({ ...i, shapes: f ? f.shapes : [], has: [], ground: model.get("ground"), layer: model.get("layer") });
    code.textContent = i.code;
    looks.hidden = i.views.length < 2;
    looks.replaceChildren(
      ...i.views.map(([name, plain]) =>
        h(
          "button",
          { type: "button", role: "radio", "aria-checked": String(name === i.look), "data-look": name, title: plain, onclick: () => ask({ look: name, number: i.number }) },
          name
        )
      )
    );
    head.textContent = i.progress;
    question.textContent = i.question;
    root.dataset.kind = i.kind;
    root.dataset.answered = f ? "yes" : "no";
    options.setAttribute("aria-label", i.question);
    options.replaceChildren(
      ...i.options.map((option, place) => {
        const right = f && option.word === f.key;
        const wrong = f && option.word === f.chosen && !f.right;
        return h(
          "button",
          {
            type: "button",
            class: "cx-option" + (right ? " cx-right-one" : "") + (wrong ? " cx-wrong-one" : ""),
            disabled: Boolean(f),
            "data-word": option.word,
            onclick: () => ask({ answer: option.word, number: i.number }),
          },
          h("kbd", {}, String(place + 1)),
          h("span", {}, h("b", {}, option.word), option.plain ? h("small", {}, option.plain) : null),
          right ? h("i", {}, "✓ right") : wrong ? h("i", {}, "✗ your answer") : null
        );
      })
    );
    feedback.replaceChildren();
    if (f) {
      feedback.append(
        h("p", { class: "cx-mark " + (f.right ? "cx-yes" : "cx-no") }, f.right ? "✓ Right: " : "✗ Not this one. It is: ", h("b", {}, f.key)),
        h("p", {}, f.why),
        ...f.checks.map(check),
        f.why_not ? h("p", {}, f.why_not) : "",
        h("p", { class: "cx-edition" }, "The marked particles on the picture decide. ", f.edition),
        f.source.length ? h("details", {}, h("summary", {}, "Source"), sources(f.source, library)) : ""
      );
    }
    next.hidden = !f;
    next.textContent = f && f.last ? "Another round" : "Next question";
    if (i.look !== look && i.number === number) looks.querySelector("[aria-checked=true]").focus({ preventScroll: true });
    else if (f) next.focus({ preventScroll: true });
    else if (number && i.number !== number) question.focus({ preventScroll: true });
    number = i.number;
    look = i.look;
  }
  model.on("change:item", draw);
  draw();
  return () => {
    ending.abort();
    model.off("change:item", draw);
    viewer.dispose();
    takeApart(root);
  };
}
