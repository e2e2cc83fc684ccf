// The tools of the rail, and the menus that three of them open.

function tools(viewer) {
  const closer = (times) => () => {
    viewer.zoom.by(times, viewer.panes[0]);
    viewer.changed("place");
  };
  const hand = (id, name, key) => ({ id, name, key, act: () => viewer.take(id), pressed: () => viewer.tool === id });
  return [
    { id: "contrast", name: "Contrast", hint: "Contrast; or drag on the picture" },
    { id: "closer", name: "Zoom in", key: "+", act: closer(ZOOM_STEP) },
    { id: "farther", name: "Zoom out", key: "−", act: closer(1 / ZOOM_STEP) },
    hand("pan", "Move the picture", "P"),
    {
      id: "loupe",
      name: "Loupe",
      key: "L",
      act: () => viewer.nextLoupe(viewer.panes[0]),
      pressed: () => viewer.loupe,
      state: () => (viewer.loupe ? `${viewer.loupe}×` : ""),
    },
    hand("ruler", "Ruler", "R"),
    viewer.overlays.all.length && { id: "overlays", name: "Overlays", key: "O" },
    viewer.seconds.length && { id: "second", name: "Second picture", key: "V" },
    { id: "reset", name: "All back", key: "0", act: () => viewer.reset() },
    { id: "help", name: "Keys, mouse and touch", key: "?", act: () => viewer.openHelp() },
  ].filter(Boolean);
}

function contrastItems(viewer) {
  const presets = PRESETS.map(({ name, what }, number) => ({
    name,
    what,
    key: viewer.digits ? String(number + 1) : null,
    role: "menuitemradio",
    chosen: () => viewer.window.preset === number,
    act: () => viewer.choosePreset(number),
  }));
  const invert = { name: "Invert", what: "black for white", key: "I", chosen: () => viewer.window.inverted, act: () => viewer.invert() };
  return [...presets, { ...invert, role: "menuitemcheckbox" }];
}

function overlayItems(viewer, shown) {
  const { overlays } = viewer;
  const all = { id: "all", name: "All on or off", key: "O", chosen: () => overlays.on, act: () => viewer.switchOverlays() };
  const each = overlays.all.map(({ kind, name }, number) => ({
    id: kind,
    name,
    key: String(number + 1),
    chosen: () => overlays.shown(kind),
    off: () => !shown.has.includes(kind), // this pattern has none
    act: () => overlays.toggle(kind),
  }));
  return [all, ...each].map((item) => ({ ...item, role: "menuitemcheckbox" }));
}

function secondItems(viewer, shown) {
  return [["", "none"], ...viewer.seconds].map(([id, name]) => ({
    id: id || "none",
    name,
    role: "menuitemradio",
    chosen: () => id === shown.second,
    off: () => id && !shown.offered.includes(id),
    act: () => viewer.putSecond(id),
  }));
}

// Make the menus of those tools that the rail has.
function createMenus(viewer, rail, shown, signal) {
  const made = {};
  const add = (id, label, items) => {
    const button = rail.button(id);
    if (button) made[id] = createMenu(button, label, items, signal);
  };
  add("contrast", "Contrast", contrastItems(viewer));
  add("overlays", "Overlays", overlayItems(viewer, shown));
  add("second", "Second picture", secondItems(viewer, shown));
  return made;
}
