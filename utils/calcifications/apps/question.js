// A question: its pictures, what is known beside them, the question, the box that takes the answer, and what is said to
// it. The key never comes to the page before the answer has gone to the kernel.

// `ask` sends to the kernel. The viewer is made by whoever calls, with what is `over` it in the same column.
function createQuestion(model, ask, { library }) {
  const place = h("div", { class: "cx-middle" });
  const looks = h("div", { class: "cx-looks", role: "radiogroup", "aria-label": "View" });
  place.append(looks);
  const viewer = createViewer(place, { digits: false }); // digits answer
  const flip = h("div", { class: "cx-looks cx-flip", role: "radiogroup", "aria-label": "The picture", hidden: true });
  place.append(flip);
  const head = h("p", { class: "cx-progress" });
  const question = h("h3", { class: "cx-question", tabindex: "-1" });
  const known = h("ul", { class: "cx-known" });
  const answer = h("div", {});
  const feedback = h("div", { class: "cx-feedback", role: "status", "aria-live": "polite" });
  const asked = h("div", { class: "cx-asked", tabindex: "0", role: "region", "aria-label": "Question" }, head, question, known, answer, feedback);
  const stage = { viewer, try: (tried) => ask({ try: tried }) };
  let box = null;
  let mended = false; // the changed picture is on screen

  const radio = (chosen, attributes, ...words) => h("button", { type: "button", role: "radio", "aria-checked": String(chosen), ...attributes }, ...words);
  const pane = (lines, name) => ({ ...lines, ground: model.get(`ground${name}`), layer: model.get("layer") });

  function drawPictures(i) {
    const f = i.feedback;
    place.hidden = !i.panes.length;
    if (!i.panes.length) return;
    const changed = f && f.mended && f.mended.pane;
    if (!changed) mended = false;
    const [first, beside] = i.panes;
    if (mended) viewer.show({ ...pane(changed, "_mended"), keep: true });
    else viewer.show({ ...pane(first, ""), keep: Boolean(changed) }, beside ? pane(beside, "_beside") : null);
    viewer.describe(mended ? [changed.alt] : i.panes.map((each) => each.alt));
    looks.hidden = i.views.length < 2;
    looks.replaceChildren(...i.views.map(([name, plain]) => radio(name === i.look, { "data-look": name, title: plain, onclick: () => ((mended = false), ask({ look: name })) }, name)));
    flip.hidden = !changed;
    const put = (to) => () => {
      mended = to;
      drawPictures(i);
      flip.querySelector("[aria-checked=true]").focus({ preventScroll: true });
    };
    flip.replaceChildren(radio(!mended, { onclick: put(false) }, "As it was asked"), radio(mended, { "data-mended": "yes", onclick: put(true) }, "With one slider moved"));
  }

  function drawAnswer(i) {
    head.textContent = i.progress;
    question.textContent = i.question;
    known.replaceChildren(...i.known.map((line) => h("li", {}, line)));
    known.hidden = !i.known.length;
    box = null;
    answer.replaceChildren();
    if (i.review && i.sheet.way !== "choice") return; // only options can be marked in a box that took no answer
    box = answerBox(i.sheet, stage, (given) => ask({ answer: given }));
    answer.replaceChildren(box);
  }

  function drawFeedback(i) {
    const f = i.feedback;
    if (!f) return feedback.replaceChildren();
    if (box) box.mark(f.told);
    const mend = h("button", { type: "button", class: "cx-mend", onclick: () => ((mend.disabled = true), (mend.textContent = "Looking …"), ask({ mend: true })) }, `Show what would make it “${f.mends}”`);
    patch(
      feedback,
      [
        i.review && h("p", {}, "Your answer: ", h("b", {}, f.chosen)), // its box is a new one, and empty
        h("p", { class: "cx-mark " + (f.right ? "cx-yes" : "cx-no") }, f.right ? "✓ Right: " : "✗ Not this one. It is: ", h("b", {}, f.key)),
        h("p", {}, f.why),
        ...f.checks.map(check),
        f.why_not && h("p", {}, f.why_not),
        f.mended ? h("p", { class: "cx-mended" }, f.mended.sentence) : f.can_mend && h("p", {}, mend),
        f.scheduled && h("p", { class: "cx-edition" }, f.scheduled),
        h("p", { class: "cx-edition" }, f.marked ? "The marked particles on the picture decide. " : "", f.edition ? `${f.edition}.` : ""),
        f.source.length > 0 && h("details", {}, h("summary", {}, "Source"), sources(f.source, library)),
      ].filter(Boolean)
    );
  }

  let shown = null; // the number of the question whose answer box stands
  return {
    place,
    asked,
    viewer,
    // Show a question, or what has changed of it; say whether it is another one.
    show(i) {
      const fresh = i.number !== shown;
      if (fresh) {
        mended = false;
        drawAnswer(i);
        feedback.replaceChildren();
      }
      const moved = !fresh && looks.contains(document.activeElement);
      const came = i.feedback && i.feedback.mended && flip.hidden;
      if (came && i.feedback.mended.pane) mended = true;
      drawPictures(i);
      head.textContent = i.progress;
      drawFeedback(i);
      if (moved) looks.querySelector("[aria-checked=true]")?.focus({ preventScroll: true });
      if (came && mended) flip.querySelector("[aria-checked=true]").focus({ preventScroll: true });
      if (fresh && shown !== null) question.focus({ preventScroll: true });
      if (fresh) asked.scrollTop = 0;
      // what is said to an answer comes into sight, and all of it if there is room
      else if (i.feedback) asked.scrollTop = Math.min(feedback.offsetTop, feedback.offsetTop + feedback.offsetHeight - asked.clientHeight + 12);
      shown = i.number;
      return fresh;
    },
    press: (event) => box && box.press(event),
  };
}
