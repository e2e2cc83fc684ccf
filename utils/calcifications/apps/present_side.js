// What stands beside the picture: which case it is, the words that are revealed, the question, and the reasons.

const [LARGEST_TYPE, SMALLEST_TYPE] = [1.3, 0.5]; // of the type's size: where little is to be said, and where a lot is
const CLOSE_BELOW = 0.95; // where the type would be smaller than this, options are laid closer
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function createSide() {
  const head = h("h1", { class: "cx-talk-head" });
  const told = h("dl", { class: "cx-talk-told" });
  const question = h("h2", { class: "cx-talk-question" });
  const known = h("p", { class: "cx-talk-known" });
  const options = h("ol", { class: "cx-talk-options" });
  const answer = h("p", { class: "cx-talk-answer" });
  const why = h("div", { class: "cx-talk-why" });
  const polled = h("div", { class: "cx-talk-polled" });
  const text = h("div", { class: "cx-talk-text", "aria-live": "polite" }, head, told, question, known, options, answer, why);
  const element = h("section", { class: "cx-talk-side", "aria-label": "Case" }, text, polled);

  const option = ({ word, plain }, place, { right }, counts) => {
    const good = right && right.includes(place);
    const most = counts && Math.max(1, ...counts);
    const all = counts && Math.max(1, counts.reduce((sum, each) => sum + each, 0));
    return h(
      "li",
      { class: right ? (good ? "cx-talk-right" : "cx-talk-wrong") : "" },
      h("b", {}, LETTERS[place]),
      h("span", {}, good ? "✓ " : "", word, plain && h("small", {}, plain)),
      counts && h("span", { class: "cx-talk-bar", "aria-hidden": "true" }, h("i", { style: `width:${(100 * counts[place]) / most}%` })),
      counts && h("strong", {}, `${counts[place]}`, h("small", {}, ` · ${Math.round((100 * counts[place]) / all)} %`))
    );
  };

  // The type is as large as all of it allows.
  function fit() {
    if (!text.clientHeight) return;
    options.classList.remove("cx-talk-close");
    if (largest() >= CLOSE_BELOW) return;
    options.classList.add("cx-talk-close"); // lay words on the same line
    largest();
  }
  function largest() {
    for (let size = LARGEST_TYPE; ; size -= 0.04) {
      text.style.setProperty("--fit", size);
      if (size <= SMALLEST_TYPE || (text.scrollHeight <= text.clientHeight && text.scrollWidth <= text.clientWidth)) return size;
    }
  }
  const sizes = new ResizeObserver(fit);
  sizes.observe(text);

  return {
    element,
    polled,
    fit,
    show(i, vote) {
      const q = i.question;
      const done = i.why.length > 0; // the reasons have the question's room, and the votes stay with their question
      head.replaceChildren(h("b", {}, `${i.place} / ${i.of}`), i.title);
      // what the marked answer says already is not said twice
      const lines = i.revealed.filter((line) => done || !(q && q.right && q.kind === line.kind && line.kind !== "category"));
      told.replaceChildren(...lines.flatMap((line) => [h("dt", {}, line.name), h("dd", {}, line.word, line.plain && h("small", {}, line.plain))]));
      told.hidden = !lines.length;
      question.textContent = q && !done ? q.prompt : "";
      known.textContent = q && !done && !q.right && !q.answer ? q.known.join(" ") : "";
      options.replaceChildren(...(q && !done ? q.options : []).map((each, place) => option(each, place, q, vote.counts)));
      options.classList.toggle("cx-talk-counted", Boolean(vote.counts));
      answer.textContent = q && q.answer && !done ? `✓ ${q.answer}` : "";
      why.replaceChildren(...i.why.map((rule) => h("p", {}, h("b", {}, rule.title), rule.because && ` ${rule.because}`)));
      for (const part of [question, known, options, answer, why]) part.hidden = !part.textContent;
      fit();
    },
    dispose: () => sizes.disconnect(),
  };
}
