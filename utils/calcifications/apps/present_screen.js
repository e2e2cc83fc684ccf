// The pictures of a case, as large as there is room for, and opened where there is something to see. The mouse works as
// on the viewer: drag for contrast, wheel for zoom; the keys are the talk's.

function createScreen(host, signal) {
  const due = new Set();
  let frame = 0;
  const zoom = createZoom();
  let opened = null; // how the kernel asked to open it: what is drawn anew on another size of screen
  const screen = {
    panes: [],
    kinds: new Set(),
    overlays: { shown: () => true },
    window: createWindow(),
    zoom,
    tool: "contrast",
    loupe: 0,
    space: false,
    byKeys: false,
    aimed: null,
    say: () => {},
    look: () => {},
    aim: () => {},
    reset: () => place(),
    changed(what) {
      due.add(what);
      frame = frame || requestAnimationFrame(screen.flush);
    },
    flush() {
      cancelAnimationFrame(frame);
      frame = 0;
      for (const pane of screen.panes) {
        if (due.has("grey")) pane.paint();
        if (due.has("place")) pane.place();
      }
      due.clear();
      tellSize();
    },
  };
  const panes = h("div", { class: "cx-panes" });
  const size = h("p", { class: "cx-talk-size" });
  host.append(panes, size);

  const sizes = new ResizeObserver(() => {
    for (const pane of screen.panes) pane.measureSize();
    place();
  });
  signal.addEventListener("abort", () => (sizes.disconnect(), cancelAnimationFrame(frame)));

  function put(many) {
    while (screen.panes.length > many) {
      const pane = screen.panes.pop();
      sizes.unobserve(pane.element);
      pane.dispose();
    }
    while (screen.panes.length < many) {
      const pane = createPane(screen);
      pane.element.removeAttribute("tabindex"); // no key is for the picture alone
      pane.element.setAttribute("role", "group");
      pane.element.setAttribute("aria-label", "Picture");
      screen.panes.push(pane);
      panes.append(pane.element);
      pane.measureSize();
      createHand(pane, screen, signal);
      sizes.observe(pane.element);
    }
    panes.classList.toggle("cx-split", many > 1);
  }

  // Lay the pictures as the kernel asked for it.
  function place() {
    const [main] = screen.panes;
    if (!main || !opened) return;
    zoom.reset();
    zoom.factor = opened.factor;
    zoom.to(main, opened.x, opened.y);
    for (const pane of screen.panes) pane.place();
    tellSize();
  }

  // Say how much of the breast is seen: what is enlarged on a screen looks larger than it is.
  function tellSize() {
    const [main] = screen.panes;
    if (!main) return;
    const [width] = main.size();
    const mm = (width / main.scale()) * main.pixelMm;
    size.textContent = `This view is ${mm < 10 ? mm.toFixed(1) : Math.round(mm)} mm wide${zoom.factor > 1.01 ? `: zoomed ${Number(zoom.factor.toFixed(1))} times on the screen` : ""}.`;
  }

  let shown = "";
  return {
    show(i, greys) {
      put(i.panes.length);
      const at = JSON.stringify([i.place, i.panes.map((pane) => pane.view.id), i.zoom]);
      const fresh = screen.panes[0].isNew({ ground: greys[0] });
      if (fresh) screen.window.reset();
      i.panes.forEach((lines, number) => {
        screen.panes[number].show({ ...lines, ground: greys[number], layer: new DataView(new ArrayBuffer(0)) });
        screen.panes[number].canvas.setAttribute("aria-label", lines.alt);
      });
      opened = i.zoom;
      if (at !== shown || fresh) place();
      shown = at;
    },
    closer(times) {
      const [main] = screen.panes;
      if (times) zoom.by(times, main);
      else return place();
      screen.changed("place");
    },
    dispose: () => put(0),
  };
}
