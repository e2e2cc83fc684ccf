// The viewer: one pane or two, a rail of tools, keys. It works on what the kernel has sent: contrast, zoom, loupe and
// ruler ask it nothing, and without a kernel the last picture stays at hand.

// options: overlays [{kind, name, usual}] that can be switched, the kinds that are drawn already, seconds [[name, words]]:
// all that may stand beside the first view, onOverlays(kinds), onSecond(name), and digits: false where the page has keys
// 1 to 9 of its own.
function createViewer(host, { overlays = [], drawn = [], seconds = [], onOverlays = () => {}, onSecond = () => {}, digits = true } = {}) {
  const ending = new AbortController();
  const { signal } = ending;
  const due = new Set(); // what the next animation frame draws: "grey", "place"
  let frame = 0;
  const shown = { has: [], offered: [], second: "" }; // the overlays that there are, what can stand beside, what is asked for

  const said = h("div", { class: "cx-said", role: "status" });
  const panes = h("div", { class: "cx-panes" });
  const viewer = {
    panes: [],
    seconds,
    digits,
    kinds: new Set(overlays.map((each) => each.kind)),
    tool: "contrast", // what a drag does: "contrast", "pan" or "ruler"
    loupe: 0,
    space: false,
    byKeys: false, // the cursor was moved by keys last
    aimed: null, // is told the place that a question asks for
    window: createWindow(),
    zoom: createZoom(),
    overlays: createOverlays(overlays, drawn, (kinds) => {
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
        if (moved && (viewer.loupe || viewer.tool === "ruler" || viewer.aimed)) each.drawCursor();
      }
    },
    pointed: () => viewer.panes.some((each) => each.cursor),
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
      if (viewer.tool === "ruler" && !viewer.pointed()) viewer.crosshair(pane);
      viewer.say({ contrast: "Drag for contrast", pan: "Drag to move the picture", ruler: "Ruler: Enter or press at both ends" }[viewer.tool]);
      rail.mark();
    },
    nextLoupe(pane) {
      viewer.loupe = POWERS[(POWERS.indexOf(viewer.loupe) + 1) % POWERS.length];
      if (viewer.loupe && !viewer.pointed()) viewer.crosshair(pane);
      for (const each of viewer.panes) each.drawCursor();
      viewer.say(viewer.loupe ? `Loupe ${viewer.loupe} times` : "Loupe off");
      rail.mark();
    },
    // A cursor for keys to move in a pane: where the pointer was last, or in the middle.
    crosshair(pane) {
      if (pane.cursor) return;
      viewer.look(pane, pane.inside(pane.toPicture(pane.middle())));
      viewer.byKeys = true;
      for (const each of viewer.panes) {
        if (each !== pane && each.ruler.pending) each.ruler.clear();
        each.drawCursor();
      }
    },
    arrow(pane, x, y, far) {
      if (viewer.tool !== "ruler" && !viewer.loupe && !viewer.aimed) {
        if (viewer.zoom.factor === 1 && viewer.panes.length < 2) return false; // nothing to move
        viewer.zoom.move(pane, -x * 4 * FAR, -y * 4 * FAR);
        viewer.changed("place");
        return true;
      }
      viewer.crosshair(pane);
      viewer.byKeys = true;
      const step = far ? FAR : 1;
      const [column, row] = pane.toPane(pane.cursor);
      const [width, height] = pane.size();
      const to = [column + x * step, row + y * step];
      pane.cursor = pane.inside(pane.toPicture(to));
      // at the edge of the pane the picture comes along
      if (to[0] < 0 || to[0] > width || to[1] < 0 || to[1] > height) viewer.zoom.move(pane, -x * step, -y * step);
      viewer.changed("place");
      if (pane.ruler.pending) pane.ruler.move(pane.cursor);
      return true;
    },
    setEnd(pane) {
      if (viewer.tool !== "ruler") return viewer.aim(pane, pane.cursor || pane.inside(pane.toPicture(pane.middle())));
      viewer.crosshair(pane);
      if (pane.ruler.pending) pane.ruler.end(pane.cursor);
      else pane.ruler.start(pane.cursor);
      viewer.say(pane.ruler.pending ? "First end set" : pane.ruler.words());
      return true;
    },
    // Tell a question which place was pressed, if it asks for one.
    aim(pane, point) {
      if (!viewer.aimed) return false;
      const [across, down] = pane.share(point);
      viewer.aimed([across, down], viewer.panes.indexOf(pane));
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
    putSecond(name) {
      shown.second = name;
      onSecond(name);
    },
    openSecond: () => menus.second.open(),
    openHelp: () => help.open(),
  };

  const rail = createRail(tools(viewer));
  const menus = createMenus(viewer, rail, shown, signal);
  const rows = gestures(viewer);
  const help = createHelp(rows);
  const root = h("div", { class: "cx-viewer" }, rail.element, panes, ...Object.values(menus).map((menu) => menu.element), said, help.element);
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
    // Show a picture, and another beside it. Each: {ground, layer, box, shape, window, pixel_mm, view, map, shapes, has};
    // the first also says what is `offered` to stand beside it.
    show(picture, beside = null) {
      const [main] = viewer.panes;
      if (main.isNew(picture) && !picture.keep) {
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
      [shown.has, shown.offered] = [picture.has, picture.offered || []];
      main.show(picture);
      if (split) {
        shown.second = beside.view.id;
        viewer.panes[1].show(beside);
        main.place();
        viewer.panes[1].place();
      }
      for (const menu of Object.values(menus)) if (!menu.element.hidden) menu.mark();
    },
    // Let a place be pressed, or found with arrows and Enter: `told` gets it as shares of the picture across and down,
    // and which picture it is, 0 or 1, until it is null. A pin that sticks there can be dragged.
    aim(told) {
      viewer.aimed = told;
      for (const pane of viewer.panes) pane.drawCursor();
    },
    // Stick a pin at such a place of a picture, with words; null takes it out.
    pin: (place, words, number = 0) => viewer.panes[number].pin.put(place, words),
    // Bring the keys to a picture.
    focus: (number = 0) => viewer.panes[number].element.focus({ preventScroll: true }),
    // Take a tool into the hand, if it is not there yet.
    take: (tool) => viewer.tool === tool || viewer.take(tool),
    // Say what the pictures show, for those who can't see it.
    describe(alts) {
      viewer.panes.forEach(({ canvas }, place) => {
        if (canvas.getAttribute("aria-label") !== alts[place]) canvas.setAttribute("aria-label", alts[place]);
      });
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
