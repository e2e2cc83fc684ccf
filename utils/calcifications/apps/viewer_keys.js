// Keys, and the list of all gestures that the help shows: one table for both.

const FAR = 10; // pixels that an arrow moves with Shift, and that it moves a zoomed picture
const TURN = 15; // a key's share of contrast or brightness, as pixels of a drag

function gestures(viewer) {
  const { zoom } = viewer;
  const contrast = (right, down) => () => {
    viewer.window.drag(right, down);
    viewer.changed("grey");
  };
  const closer = (times) => (pane) => {
    zoom.by(times, pane);
    viewer.changed("place");
  };
  const arrow = (x, y) => (pane, event) => viewer.arrow(pane, x, y, event.shiftKey);
  const presets = Object.fromEntries(PRESETS.map((_, number) => [String(number + 1), () => viewer.choosePreset(number)]));
  const menu = "its button";
  return [
    {
      what: "Contrast (window), brightness (level)",
      shown: ["A", "D", "W", "S"],
      mouse: "drag across, drag up and down",
      touch: "drag with one finger",
      keys: { a: contrast(-TURN, 0), d: contrast(TURN, 0), w: contrast(0, -TURN), s: contrast(0, TURN) },
    },
    {
      what: `Contrast ${PRESETS.map((preset) => preset.name.toLowerCase()).join(", ")}`,
      shown: viewer.digits ? Object.keys(presets) : [],
      mouse: menu,
      touch: menu,
      keys: viewer.digits ? presets : {},
    },
    { what: "Black for white", shown: ["I"], mouse: menu, touch: menu, keys: { i: () => viewer.invert() } },
    {
      what: "Zoom (no magnification: nothing new is seen)",
      shown: ["+", "−"],
      mouse: "wheel, once the picture was clicked",
      touch: "pinch",
      keys: { "+": closer(ZOOM_STEP), "=": closer(ZOOM_STEP), "-": closer(1 / ZOOM_STEP), "_": closer(1 / ZOOM_STEP) },
    },
    {
      what: "Move the zoomed picture",
      shown: ["←", "→", "↑", "↓", "P"],
      mouse: "middle or right button, or Space and drag",
      touch: "two fingers",
      keys: {
        ArrowLeft: arrow(-1, 0), ArrowRight: arrow(1, 0), ArrowUp: arrow(0, -1), ArrowDown: arrow(0, 1), p: () => viewer.take("pan"),
      },
    },
    {
      what: "Loupe: twice, four times, off",
      shown: ["L", "arrows"],
      mouse: "follows the pointer",
      touch: "drag with one finger",
      keys: { l: (pane) => viewer.nextLoupe(pane) },
    },
    {
      what: "Ruler, in mm (arrows with Shift go faster)",
      shown: ["R", "arrows", "Enter"],
      mouse: "drag, or click at both ends",
      touch: "drag, or tap at both ends",
      keys: { r: (pane) => viewer.take("ruler", pane), Enter: (pane) => viewer.setEnd(pane) },
    },
    ...(viewer.overlays.all.length
      ? [{ what: "Overlays on and off", shown: ["O"], mouse: menu, touch: menu, keys: { o: () => viewer.switchOverlays() } }]
      : []),
    ...(viewer.seconds.length ? [{ what: "A second picture: another view, or the earlier exam", shown: ["V"], mouse: menu, touch: menu, keys: { v: () => viewer.openSecond() } }] : []),
    { what: "All back", shown: ["0"], mouse: "double click", touch: menu, keys: { 0: () => viewer.reset() } },
    { what: "Put the ruler or the hand away", shown: ["Esc"], mouse: menu, touch: menu, keys: { Escape: () => viewer.putAway() } },
    { what: "This list", shown: ["?"], mouse: menu, touch: menu, keys: { "?": () => viewer.openHelp() } },
  ];
}

// Let keys act while the focus is in the viewer. What acts says false where the key was not for it after all.
function listenToKeys(root, rows, viewer, signal) {
  const keys = Object.assign({}, ...rows.map((row) => row.keys));
  const onPane = (event) => viewer.panes.find((pane) => pane.element === event.target);
  root.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const pane = onPane(event);
      if (event.key === " " && pane) viewer.space = true;
      const act = event.key === " " ? () => Boolean(pane) : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      // Enter and arrows on a button of the rail are the button's
      if (!act || (!pane && event.key.length > 1 && event.key !== "Escape")) return;
      if (act(pane || viewer.panes[0], event) === false) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal }
  );
  root.addEventListener("keyup", (event) => event.key === " " && (viewer.space = false), { signal });
  root.addEventListener("focusout", () => (viewer.space = false), { signal });
}
