// The hand: what mouse, pen and fingers do on a pane. One drags contrast, the picture, the ruler, or the pin of a place
// that a question asks for; two pinch.

const CLICK = 4; // pixels that a press may wander and still be a click
const WHEEL = 1 / 500; // of the logarithm of the zoom, for each pixel that a wheel turns

function createHand(pane, viewer, signal) {
  const { element } = pane;
  const pressed = new Map(); // pointers that are down, and where they are
  let doing = null; // "contrast", "pan", "ruler", "loupe", "pin" or "pinch"
  let start = [0, 0];

  const at = (event) => {
    const box = element.getBoundingClientRect();
    // the page may be shown larger than it was laid out
    return [((event.clientX - box.left) * element.clientWidth) / box.width, ((event.clientY - box.top) * element.clientHeight) / box.height];
  };
  const what = (event, place) => {
    if (event.button === 1 || event.button === 2 || viewer.space || viewer.tool === "pan") return "pan";
    if (viewer.tool === "ruler") return "ruler";
    if (viewer.aimed && pane.pin.near(place)) return "pin";
    return viewer.loupe && event.pointerType !== "mouse" ? "loupe" : "contrast";
  };
  const spread = () => {
    const [a, b] = [...pressed.values()];
    return { apart: Math.hypot(a[0] - b[0], a[1] - b[1]), middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] };
  };
  const point = (place) => pane.inside(pane.toPicture(place));

  const on = (name, act) => element.addEventListener(name, act, { signal });
  on("pointerdown", (event) => {
    element.focus({ preventScroll: true });
    const place = at(event);
    pressed.set(event.pointerId, place);
    element.setPointerCapture(event.pointerId);
    if (pressed.size === 2) {
      if (doing === "ruler") pane.ruler.clear();
      doing = "pinch";
      return;
    }
    if (pressed.size > 1) return;
    start = place;
    doing = what(event, place);
    if (doing === "ruler") {
      if (pane.ruler.pending) pane.ruler.end(point(place));
      else pane.ruler.start(point(place));
    }
    viewer.look(pane, point(place));
  });
  on("pointermove", (event) => {
    const place = at(event);
    const before = pressed.get(event.pointerId);
    const old = doing === "pinch" && pressed.size === 2 ? spread() : null;
    if (before) pressed.set(event.pointerId, place);
    viewer.look(pane, point(place));
    if (pane.ruler.pending) return pane.ruler.move(point(place));
    if (!before) return;
    const [right, down] = [place[0] - before[0], place[1] - before[1]];
    if (old) {
      const now = spread();
      viewer.zoom.by(now.apart / Math.max(old.apart, 1), pane, old.middle);
      viewer.zoom.move(pane, now.middle[0] - old.middle[0], now.middle[1] - old.middle[1]);
      viewer.changed("place");
    } else if (doing === "pan") {
      viewer.zoom.move(pane, right, down);
      viewer.changed("place");
    } else if (doing === "pin") viewer.aim(pane, point(place));
    else if (doing === "contrast") {
      viewer.window.drag(right, down);
      viewer.changed("grey");
    }
  });
  const up = (event) => {
    if (!pressed.delete(event.pointerId)) return;
    const place = at(event);
    const dragged = Math.hypot(place[0] - start[0], place[1] - start[1]) > CLICK;
    if (doing === "ruler" && pane.ruler.pending && dragged) {
      pane.ruler.end(point(place));
      viewer.say(pane.ruler.words());
    } else if (doing === "ruler" && !pane.ruler.pending) viewer.say(pane.ruler.words());
    else if (["contrast", "loupe", "pin"].includes(doing) && !dragged && event.button === 0 && event.type === "pointerup") viewer.aim(pane, point(place));
    if (!pressed.size) doing = null;
    viewer.flush(); // what the hand leaves is what shows
  };
  on("pointerup", up);
  on("pointercancel", (event) => {
    if (doing === "ruler") pane.ruler.clear();
    up(event);
  });
  on("pointerleave", (event) => event.pointerType === "mouse" && !pressed.size && !viewer.byKeys && viewer.look(pane, null));
  on("dblclick", () => viewer.tool !== "ruler" && viewer.reset());
  on("contextmenu", (event) => {
    event.preventDefault(); // the right button moves the picture
    event.stopPropagation(); // nor is it for JupyterLab's own menu
  });
  element.addEventListener(
    "wheel",
    (event) => {
      // over a picture that has not been clicked, the wheel scrolls the page; a pinch on a touchpad comes with ctrlKey
      if (!event.ctrlKey && !viewer.panes.some((each) => each.element === document.activeElement)) return;
      event.preventDefault();
      event.stopPropagation();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      viewer.zoom.by(Math.exp(-event.deltaY * lines * WHEEL * (event.ctrlKey ? 4 : 1)), pane, at(event));
      viewer.changed("place");
    },
    { signal, passive: false }
  );
}
