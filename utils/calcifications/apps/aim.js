// Aiming: two crosses that can be pressed, dragged or moved by keys, the depth that follows, and where the needle goes.

const PLATE = 3; // mm of the drawing from the side for what is above and below the breast

// The breast from the side, in mm: needle from above, its notch, and every speck, filled where the notch holds it.
function aimSide({ thick, half, needle: [x, deep, long], specks }) {
  const y = (height) => PLATE + thick - height; // height counts up from the detector
  const inside = (height) => Math.min(Math.max(height, -2), thick + 2);
  const [top, bottom] = [y(inside(deep + long / 2)), y(inside(deep - long / 2))];
  return h(
    "svg",
    { class: "cx-aim-side", viewBox: `${-half} 0 ${2 * half} ${thick + 2 * PLATE}`, role: "img", "aria-label": "The compressed breast from the side: needle, notch, and the specks it holds or misses" },
    h("rect", { class: "cx-aim-breast", x: -half + 2, y: PLATE, width: 2 * half - 4, height: thick, rx: 5 }),
    h("line", { class: "cx-aim-plate", x1: -half, x2: half, y1: PLATE - 1, y2: PLATE - 1 }),
    h("line", { class: "cx-aim-plate", x1: -half, x2: half, y1: PLATE + thick + 1, y2: PLATE + thick + 1 }),
    h("line", { class: "cx-aim-needle", x1: x, x2: x, y1: 0, y2: Math.min(bottom + 2, PLATE + thick + 1) }),
    h("rect", { class: "cx-aim-notch", x: x - 1.5, y: top, width: 3, height: Math.max(bottom - top, 0) }),
    ...specks.map(([across, height, held]) => h("circle", { class: held ? "cx-aim-held" : "cx-aim-missed", cx: Math.min(Math.max(across, -half + 1), half - 1), cy: y(height), r: 0.8 })),
    h("text", { x: -half + 3.5, y: PLATE + 5 }, "paddle"),
    h("text", { x: -half + 3.5, y: PLATE + thick - 2 }, "detector")
  );
}

function renderAim({ model, el }) {
  const ending = new AbortController();
  let turn = 0;
  let crosses = [null, null];
  const ask = (change) => {
    link.asked();
    model.set("asked", { ...change, number: model.get("item").number, turn: ++turn });
    model.save_changes();
  };
  const place = h("div", { class: "cx-middle" });
  const viewer = createViewer(place, { digits: false });
  const head = h("p", { class: "cx-progress" });
  const task = h("h3", { class: "cx-question cx-wide-word", tabindex: "-1" });
  const how = h("p", { class: "cx-wide-word" }, "Press, or drag a cross; by keys: Tab to a picture, arrows (Shift: faster), Enter. The same speck in both.");
  const rows = h("tbody");
  const caption = h("caption", { class: "cx-said" }, "What follows from your crosses");
  const table = h("table", { class: "cx-aim-rows" }, caption, rows);
  const told = h("p", { class: "cx-told-now" });
  const cost = h("p", { class: "cx-said-now" });
  const spoken = h("p", { class: "cx-said", role: "status" });
  const send = h("button", { type: "button", class: "cx-hand-in", onclick: () => ask({ crosses, send: true }) }, "Send the needle there");
  const result = h("div", { class: "cx-feedback", role: "status", "aria-live": "polite" });
  const next = h("button", { type: "button", class: "cx-next", onclick: () => ask({ next: true }) }, "Next target");
  const problem = h("p", { class: "cx-problem", role: "alert" });
  const words = h("div", { class: "cx-aim-words" }, head, task, how, h("div", {}, table, told, cost, send), h("div", {}, result, next), spoken);
  const root = h("div", { class: "cx-root cx-aim", tabindex: -1 }, h("div", { class: "cx-aiming" }, place, words), problem);
  const link = createLink(model, el, root, ["item", "live"], ending.signal);
  root.append(link.words, h("div", { class: "cx-foot cx-row" }, h("span", {}, "Schematic images for learning, not for diagnosis."), createStage(root, ending.signal)));
  el.append(root);

  const row = ([name, value]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, value));
  const none = [["Shift between the pictures", "–"], ["Depth, exact formula", "–"], ["Depth, rule of thumb", "–"]];

  const SPEAK_REST_MS = 700; // what follows is read aloud once the hand rests
  let speaking = 0;
  function aimed(at, number) {
    crosses = crosses.map((old, each) => (each === number ? at : old));
    viewer.pin(at, "", number);
    if (crosses.every(Boolean)) ask({ crosses });
    else {
      spoken.textContent = `Cross set in the ${number ? "right" : "left"} picture. Now the same speck in the other one.`;
      draw();
    }
  }

  let shown = -1;
  function draw() {
    const i = model.get("item");
    problem.textContent = i.problem || "";
    const fresh = i.number !== shown;
    const shot = i.shot;
    const [left, right] = i.panes.map((lines, each) => ({ ...lines, ground: model.get(each ? "ground_beside" : "ground"), layer: model.get("layer") }));
    if (fresh || shot) viewer.show({ ...left, keep: !fresh }, right);
    viewer.describe(i.panes.map((pane) => pane.alt));
    if (fresh) {
      crosses = [null, null];
      for (const each of [0, 1]) viewer.pin(null, "", each);
      head.textContent = i.progress;
      task.textContent = i.task;
      spoken.textContent = "";
      if (shown >= 0) task.focus({ preventScroll: true });
    }
    shown = i.number;
    root.dataset.number = i.number;
    root.dataset.sent = shot ? "yes" : "no";
    viewer.aim(shot ? null : aimed);
    how.hidden = send.hidden = Boolean(shot);
    cost.textContent = shot ? shot.cost : "";
    send.disabled = !crosses.every(Boolean);
    next.hidden = !shot;
    if (!shot) result.replaceChildren();
    else if (!result.childElementCount) {
      const mark = h("p", { class: "cx-mark " + (shot.right ? "cx-yes" : "cx-no") }, `${shot.right ? "✓" : "✗"} ${shot.head}`);
      const off = h("table", { class: "cx-aim-rows" }, h("caption", { class: "cx-said" }, "Where the needle went"), h("tbody", {}, ...shot.rows.map(row)));
      result.replaceChildren(...[mark, h("div", { class: "cx-aim-went" }, aimSide(shot.side), off), shot.told && h("p", {}, h("b", {}, shot.told))].filter(Boolean));
      next.textContent = shot.last ? "Another round" : "Next target";
      next.focus({ preventScroll: true });
    }
    drawLive();
  }
  function drawLive() {
    const live = model.get("live");
    const known = Boolean(live.rows) && crosses.every(Boolean);
    patch(rows, (known ? live.rows : none).map(row));
    told.textContent = known ? live.told : "";
    send.disabled = !crosses.every(Boolean);
    clearTimeout(speaking);
    if (known && !model.get("item").shot) speaking = setTimeout(() => (spoken.textContent = [...live.rows.map((pair) => pair.join(": ")), live.told].filter(Boolean).join(". ")), SPEAK_REST_MS);
  }
  ending.signal.addEventListener("abort", () => clearTimeout(speaking));
  model.on("change:item", draw);
  model.on("change:live", drawLive);
  draw();
  return () => {
    ending.abort();
    model.off("change:item", draw);
    model.off("change:live", drawLive);
    viewer.dispose();
    takeApart(root);
  };
}
