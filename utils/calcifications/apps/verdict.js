// The verdict: words, category, what is done. It is seen at once, and read aloud when it has come to rest.

const SPEAK_MS = 700; // a verdict is read aloud once it has stood for so long

function verdictLines(v) {
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

function createVerdict(signal) {
  const element = h("div", { class: "cx-verdict" });
  const aloud = h("p", { class: "cx-said cx-aloud", role: "status", "aria-live": "polite" });
  let said = "";
  let speaking = 0;
  signal.addEventListener("abort", () => clearTimeout(speaking));
  return {
    element,
    aloud,
    show(v, setting) {
      element.dataset.setting = setting; // decides how much room it is given
      const words = JSON.stringify(v);
      if (said === words) return;
      said = words;
      patch(element, verdictLines(v));
      clearTimeout(speaking); // not while a slider moves
      speaking = setTimeout(() => (aloud.textContent = spokenVerdict(v)), SPEAK_MS);
    },
  };
}
