// The viewer: one pane or two, a rail of tools, keys. It works on what the kernel has sent: contrast, zoom, loupe and
// ruler ask it nothing, and without a kernel the last picture stays at hand.

// options: overlays [{kind, name, usual}] that can be switched, views [[name, words]] that can stand beside the first,
// onOverlays(kinds), onSecond(view), and digits: false where the page has keys 1 to 9 of its own.
function createViewer(host, { overlays = [], views = [], onOverlays = () => {}, onSecond = () => {}, digits = true } = {}) {
  const ending = new AbortController();
  const { signal } = ending;
  const due = new Set(); // what the next animation frame draws: "grey", "place"
  let frame = 0;
  let has = []; // the overlays that this pattern has
  let first = ""; // the view in the first pane
  let second = ""; // the view that is asked for beside it

  const said = h("div", { class: "cx-said", role: "status" });
  const panes = h("div", { class: "cx-panes" });
  const viewer = {
    panes: [],
    views,
    digits,
    kinds: new Set(overlays.map((each) => each.kind)),
    tool: "contrast", // what a drag does: "contrast", "pan" or "ruler"
    loupe: 0,
    space: false,
    byKeys: false, // the cursor was moved by keys last
    window: createWindow(),
    zoom: createZoom(),
    overlays: createOverlays(overlays, (kinds) => {
      for (const pane of viewer.panes) pane.showShapes();
      rail.mark();
      onOverlays(kinds);
    }),
    say: (words) => (said.textContent = words),
    changed(what) {
      due.add(what);
      frame = frame || requestAnimationFrame(viewer.flush);
    },
    flush() {
      cancelAnimationFrame(frame);
      frame = 0;
      for (const pane of viewer.panes) {
        if (due.has("grey")) pane.paint();
        if (due.has("place")) pane.place();
      }
      due.clear();
    },
    look(pane, point) {
      if (point) viewer.byKeys = false;
      for (const each of viewer.panes) {
        const moved = each === pane || each.cursor;
        each.cursor = each === pane ? point : null;
        if (moved && (viewer.loupe || viewer.tool === "ruler")) each.drawCursor();
      }
    },
    choosePreset(number) {
      viewer.window.choose(number, viewer.panes[0].fitted());
      viewer.changed("grey");
      viewer.say(`Contrast: ${PRESETS[number].name}`);
    },
    invert() {
      viewer.window.invert();
      viewer.changed("grey");
    },
    // Take a tool into the hand, or put it back.
    take(tool, pane = viewer.panes[0]) {
      viewer.tool = viewer.tool === tool ? "contrast" : tool;
      for (const each of viewer.panes) {
        if (viewer.tool !== "ruler") each.ruler.clear();
        each.element.dataset.hand = viewer.tool;
      }
      if (viewer.tool === "ruler") viewer.crosshair(pane);
      viewer.say({ contrast: "Drag for contrast", pan: "Drag to move the picture", ruler: "Ruler: Enter or press at both ends" }[viewer.tool]);
      rail.mark();
    },
    nextLoupe(pane) {
      viewer.loupe = POWERS[(POWERS.indexOf(viewer.loupe) + 1) % POWERS.length];
      if (viewer.loupe) viewer.crosshair(pane);
      for (const each of viewer.panes) each.drawCursor();
      viewer.say(viewer.loupe ? `Loupe ${viewer.loupe} times` : "Loupe off");
      rail.mark();
    },
    // A cursor for keys to move: where the pointer was last, or in the middle.
    crosshair(pane) {
      if (viewer.panes.some((each) => each.cursor)) return;
      viewer.byKeys = true;
      pane.cursor = pane.inside(pane.toPicture(pane.middle()));
      pane.drawCursor();
    },
    arrow(pane, x, y, far) {
      if (viewer.tool !== "ruler" && !viewer.loupe) {
        if (viewer.zoom.factor === 1 && viewer.panes.length < 2) return false; // nothing to move
        viewer.zoom.move(pane, -x * 4 * FAR, -y * 4 * FAR);
        viewer.changed("place");
        return true;
      }
      viewer.crosshair(pane);
      const held = viewer.panes.find((each) => each.cursor);
      viewer.byKeys = true;
      const step = far ? FAR : 1;
      const [column, row] = held.toPane(held.cursor);
      const [width, height] = held.size();
      const to = [column + x * step, row + y * step];
      held.cursor = held.inside(held.toPicture(to));
      // at the edge of the pane the picture comes along
      if (to[0] < 0 || to[0] > width || to[1] < 0 || to[1] > height) viewer.zoom.move(held, -x * step, -y * step);
      viewer.changed("place");
      if (held.ruler.pending) held.ruler.move(held.cursor);
      return true;
    },
    setEnd(pane) {
      if (viewer.tool !== "ruler") return false;
      viewer.crosshair(pane);
      const held = viewer.panes.find((each) => each.cursor);
      if (held.ruler.pending) held.ruler.end(held.cursor);
      else held.ruler.start(held.cursor);
      viewer.say(held.ruler.pending ? "First end set" : held.ruler.words());
      return true;
    },
    putAway() {
      if (viewer.panes.some((pane) => pane.ruler.pending)) for (const pane of viewer.panes) pane.ruler.clear();
      else if (viewer.tool !== "contrast") viewer.take(viewer.tool);
      else if (viewer.loupe) while (viewer.loupe) viewer.nextLoupe(viewer.panes[0]);
      else return false;
      return true;
    },
    reset() {
      viewer.window.reset();
      viewer.zoom.reset();
      if (viewer.tool !== "contrast") viewer.take(viewer.tool);
      while (viewer.loupe) viewer.nextLoupe(viewer.panes[0]);
      for (const pane of viewer.panes) pane.ruler.clear();
      viewer.changed("grey");
      viewer.changed("place");
      viewer.flush();
      viewer.say("All back");
    },
    switchOverlays: () => viewer.overlays.put(!viewer.overlays.on),
    openSecond: () => menus.second.open(),
    openHelp: () => help.open(),
  };

  const closer = (times) => () => {
    viewer.zoom.by(times, viewer.panes[0]);
    viewer.changed("place");
  };
  const tools = [
    { id: "contrast", name: "Contrast" },
    { id: "closer", name: "Zoom in", key: "+", act: closer(ZOOM_STEP) },
    { id: "farther", name: "Zoom out", key: "−", act: closer(1 / ZOOM_STEP) },
    { id: "pan", name: "Move the picture", key: "P", act: () => viewer.take("pan"), pressed: () => viewer.tool === "pan" },
    {
      id: "loupe",
      name: "Loupe",
      key: "L",
      act: () => viewer.nextLoupe(viewer.panes[0]),
      pressed: () => viewer.loupe,
      state: () => (viewer.loupe ? `${viewer.loupe}×` : ""),
    },
    { id: "ruler", name: "Ruler", key: "R", act: () => viewer.take("ruler"), pressed: () => viewer.tool === "ruler" },
    overlays.length && { id: "overlays", name: "Overlays", key: "O" },
    views.length && { id: "second", name: "Second view", key: "V" },
    { id: "reset", name: "All back", key: "0", act: () => viewer.reset() },
    { id: "help", name: "Keys, mouse and touch", key: "?", act: () => viewer.openHelp() },
  ].filter(Boolean);
  const rail = createRail(tools);
  const menus = {
    contrast: createMenu(
      rail.button("contrast"),
      "Contrast",
      [
        ...PRESETS.map(({ name, what }, number) => ({
          name,
          what,
          key: digits ? String(number + 1) : null,
          role: "menuitemradio",
          chosen: () => viewer.window.preset === number,
          act: () => viewer.choosePreset(number),
        })),
        { name: "Invert", what: "black for white", key: "I", role: "menuitemcheckbox", chosen: () => viewer.window.inverted, act: () => viewer.invert() },
      ],
      signal
    ),
    overlays:
      overlays.length &&
      createMenu(
        rail.button("overlays"),
        "Overlays",
        [
          { name: "All on or off", id: "all", key: "O", role: "menuitemcheckbox", chosen: () => viewer.overlays.on, act: () => viewer.switchOverlays() },
          ...overlays.map(({ kind, name }, number) => ({
            id: kind,
            name,
            key: String(number + 1),
            role: "menuitemcheckbox",
            chosen: () => viewer.overlays.shown(kind),
            off: () => !has.includes(kind), // this pattern has none
            act: () => viewer.overlays.toggle(kind),
          })),
        ],
        signal
      ),
    second:
      views.length &&
      createMenu(
        rail.button("second"),
        "Second view",
        [["", "none"], ...views].map(([view, name]) => ({
          id: view || "none",
          name,
          role: "menuitemradio",
          chosen: () => view === second,
          off: () => view === first,
          act() {
            second = view;
            onSecond(view);
          },
        })),
        signal
      ),
  };
  const rows = gestures(viewer);
  const help = createHelp(rows);
  const root = h("div", { class: "cx-viewer" }, rail.element, panes, ...Object.values(menus).filter(Boolean).map((menu) => menu.element), said, help.element);
  listenToKeys(root, rows, viewer, signal);
  const sizes = new ResizeObserver(() => {
    for (const pane of viewer.panes) {
      pane.measureSize();
      pane.place();
    }
  });

  function addPane() {
    const pane = createPane(viewer);
    pane.element.dataset.hand = viewer.tool;
    viewer.panes.push(pane);
    panes.append(pane.element);
    pane.measureSize();
    createHand(pane, viewer, signal);
    sizes.observe(pane.element);
    return pane;
  }
  function dropPane() {
    const pane = viewer.panes.pop();
    sizes.unobserve(pane.element);
    pane.dispose();
  }

  addPane();
  host.append(root);

  return {
    overlays: viewer.overlays,
    // Show a picture, and another beside it. Each: {ground, layer, box, shape, window, pixel_mm, view, alt, map, shapes, has}.
    show(picture, beside = null) {
      const [main] = viewer.panes;
      if (main.isNew(picture)) {
        viewer.window.reset();
        viewer.zoom.reset();
      }
      const split = Boolean(beside);
      if (split !== viewer.panes.length > 1) {
        if (split) addPane();
        else dropPane();
        panes.classList.toggle("cx-split", split);
        for (const pane of viewer.panes) pane.measureSize();
        viewer.zoom.reset();
        if (viewer.panes.length === 1) main.place();
      }
      [first, has] = [picture.view.id, picture.has];
      main.show(picture);
      if (split) {
        viewer.panes[1].show(beside);
        main.place();
        viewer.panes[1].place();
      }
      for (const menu of Object.values(menus)) if (menu && !menu.element.hidden) menu.mark();
    },
    dispose() {
      ending.abort();
      cancelAnimationFrame(frame);
      sizes.disconnect();
      while (viewer.panes.length) dropPane();
      root.remove();
    },
  };
}
