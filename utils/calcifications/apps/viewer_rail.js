// The rail beside the picture: all that a mouse or a finger needs, for those without keys.

// Strokes on a field of 20 x 20.
const ICONS = {
  contrast: "M10 3a7 7 0 1 0 .01 0zM10 3v14M12 5v10M14 6.5v7M16 9v2",
  pan: "M10 2v16M2 10h16M7.5 4.5L10 2l2.5 2.5M7.5 15.5L10 18l2.5-2.5M4.5 7.5L2 10l2.5 2.5M15.5 7.5L18 10l-2.5 2.5",
  closer: "M10 4v12M4 10h12",
  farther: "M4 10h12",
  loupe: "M8.5 3a5.5 5.5 0 1 0 .01 0zM12.5 12.5L17.5 17.5",
  ruler: "M2 13L13 2l5 5L7 18zM5 10l2 2M7.5 7.5l3 3M10 5l2 2M12.5 2.5",
  overlays: "M6 4h8v8H6zM4 8v8h8M9 8h2",
  second: "M3 3h14v14H3zM3 10h14",
  reset: "M4 4v4h4M4.3 8a6.5 6.5 0 1 1-.6 4",
  help: "M7 7.5a3 3 0 1 1 4.2 2.7c-.8.4-1.2.9-1.2 1.8v.5M10 15.5v.5",
};

function createRail(tools) {
  const buttons = tools.map((tool, place) =>
    h(
      "button",
      {
        type: "button",
        class: "cx-tool",
        "data-tool": tool.id,
        "aria-label": tool.name,
        title: tool.key ? `${tool.name} (${tool.key})` : tool.hint,
        "aria-pressed": tool.pressed ? "false" : null,
        tabindex: place ? -1 : 0,
        onclick: tool.act,
      },
      h("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, h("path", { d: ICONS[tool.id] })),
      h("span", { class: "cx-tool-state", "aria-hidden": "true" })
    )
  );
  const element = h("div", { class: "cx-rail", role: "toolbar", "aria-label": "Tools of the picture", "aria-orientation": "vertical" }, ...buttons);
  // one stop of the Tab key; arrows go from tool to tool
  const here = (button) => buttons.forEach((each) => (each.tabIndex = each === button ? 0 : -1));
  element.addEventListener("focusin", (event) => buttons.includes(event.target) && here(event.target));
  element.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step || !buttons.includes(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    buttons.at((buttons.indexOf(event.target) + step) % buttons.length).focus({ preventScroll: true });
  });
  return {
    element,
    button: (id) => buttons[tools.findIndex((tool) => tool.id === id)],
    mark() {
      tools.forEach((tool, place) => {
        if (tool.pressed) buttons[place].setAttribute("aria-pressed", String(Boolean(tool.pressed())));
        if (tool.state) buttons[place].lastChild.textContent = tool.state();
      });
    },
  };
}
