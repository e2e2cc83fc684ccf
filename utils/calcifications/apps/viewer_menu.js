// A menu of the rail: items that are switched, or one that is chosen. It stays open while items are switched; a choice,
// Escape, or a press elsewhere closes it.

// Each item: {name, what, key, role ("menuitemcheckbox" or "menuitemradio"), chosen(), off(), act()}.
function createMenu(button, label, items, signal) {
  const entries = items.map((item) => {
    const element = h(
      "button",
      { type: "button", class: "cx-item", role: item.role, tabindex: -1, "data-item": item.id ?? item.name, onclick: () => choose(item) },
      h("i", { "aria-hidden": "true" }),
      h("span", {}, item.name, item.what && h("small", {}, item.what)),
      item.key && h("kbd", {}, item.key)
    );
    return { ...item, element };
  });
  const element = h("div", { class: "cx-menu", role: "menu", "aria-label": label, hidden: true }, ...entries.map((entry) => entry.element));

  function mark() {
    for (const { element: entry, chosen, off, role } of entries) {
      const none = off ? off() : false;
      entry.setAttribute("aria-checked", String(chosen() && !none));
      entry.setAttribute("aria-disabled", String(none));
      entry.firstChild.textContent = chosen() && !none ? (role === "menuitemradio" ? "●" : "✓") : "";
    }
  }
  function choose(item) {
    if (item.off && item.off()) return;
    item.act();
    if (item.role === "menuitemradio") close(true);
    else mark();
  }
  function open() {
    mark();
    element.hidden = false;
    button.setAttribute("aria-expanded", "true");
    (entries.find((entry) => entry.role === "menuitemradio" && entry.chosen()) || entries[0]).element.focus({ preventScroll: true });
  }
  function close(back = false) {
    if (element.hidden) return;
    element.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus({ preventScroll: true });
  }
  element.addEventListener("keydown", (event) => {
    const here = entries.findIndex((entry) => entry.element === event.target);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    const keyed = entries.find((entry) => entry.key && entry.key.toLowerCase() === event.key.toLowerCase());
    if (event.ctrlKey || event.altKey || event.metaKey || event.key === "Tab") return;
    event.stopPropagation(); // no key of an open menu is for the picture, or for the quiz's answers
    if (event.key === "Escape") close(true);
    else if (to !== undefined) entries.at(to % entries.length).element.focus({ preventScroll: true });
    else if (keyed) choose(keyed);
    else return;
    event.preventDefault();
  });
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !element.contains(event.relatedTarget) && event.relatedTarget !== button) close();
  });
  document.addEventListener("pointerdown", (event) => element.contains(event.target) || button.contains(event.target) || close(), { signal, capture: true });
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => (element.hidden ? open() : close(true)));
  return { element, mark, open, close };
}
