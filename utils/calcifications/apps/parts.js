// What all pages are made of: elements, a check against its threshold, a list of sources.

const FOCUSABLE = ["a", "button", "input", "select", "summary"];

// Make an element: h("p", {class: "note"}, "text", child). Text is set as text, never as HTML.
function h(tag, attributes = {}, ...children) {
  const svg = ["svg", "path", "circle", "polygon", "polyline", "rect", "line", "g", "text"].includes(tag);
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  // JupyterLab would take arrows and digits for its cells; it looks only at the element that has the focus
  if (FOCUSABLE.includes(tag) || "tabindex" in attributes) element.setAttribute("data-lm-suppress-shortcuts", "");
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Take an element out of the page, and apart: whoever still holds one piece of it does not hold the others.
function takeApart(root) {
  for (const each of [root, ...root.querySelectorAll("*")]) each.remove();
}

// A fold whose content is made when it is first opened: a slider's step should not pay for what nobody reads.
function fold(title, make, attributes = {}) {
  const details = h("details", attributes, h("summary", {}, ...[title].flat()));
  details.make = make;
  details.fill = () => details.childElementCount === 1 && details.append(...details.make());
  details.addEventListener("toggle", () => details.open && details.fill());
  return details;
}

// Make what stands in an element what it should be, and leave alone what is so already: the page lays out only what is
// new, and a fold that is open stays open.
function patch(host, wanted) {
  const there = [...host.childNodes];
  wanted.forEach((fresh, place) => {
    const old = there[place];
    if (!old) host.append(fresh);
    else if (old === fresh) return;
    else if (old.nodeName !== fresh.nodeName) old.replaceWith(fresh);
    else if (fresh.nodeType === Node.ELEMENT_NODE) renew(old, fresh);
    else if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
  });
  for (const old of there.slice(wanted.length)) old.remove();
}

function renew(old, fresh) {
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  if (!old.make) return patch(old, [...fresh.childNodes]);
  old.make = fresh.make;
  renew(old.firstChild, fresh.firstChild);
  if (old.childElementCount > 1) patch(old, [old.firstChild, ...old.make()]);
}

// One check: what was measured, on a bar with the threshold marked, and in numbers.
function check(c) {
  const known = c.fraction !== null;
  return h(
    "div",
    { class: "cx-check" + (c.holds ? "" : " cx-fails") + (c.near ? " cx-near" : "") },
    h("span", { class: "cx-check-label" }, c.label),
    known &&
      h(
        "span",
        { class: "cx-bar", "aria-hidden": "true" },
        h("i", { style: `width:${100 * c.fraction}%` }),
        h("b", { style: `left:${100 * c.mark}%` })
      ),
    h("span", { class: "cx-check-value" }, h("strong", {}, c.value), ` ${c.holds ? "✓" : "✗"} ${c.asked}`, c.margin && h("small", {}, ` ${c.near ? "only " : ""}${c.margin}`))
  );
}

// A list of sources, each with a link where its address is known.
function sources(ids, library) {
  return h(
    "ul",
    { class: "cx-sources" },
    ...ids.map((id) => {
      const source = library[id] || { citation: id, address: "" };
      const web = source.address.startsWith("https://");
      return h(
        "li",
        {},
        source.citation,
        source.first_hand ? "" : " (second-hand)",
        web ? h("a", { href: source.address, target: "_blank", rel: "noopener noreferrer" }, " open") : ""
      );
    })
  );
}

// Save a text as a file of the reader's.
function download({ name, text }) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
