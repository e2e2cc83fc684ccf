// The presenting page: the picture, what is asked beside it, and one line at the foot. The kernel decides what is shown;
// nothing of an answer is here before it is revealed.

const THINK_S = 30;

function renderPresent({ model, el }) {
  const ending = new AbortController();
  const { signal } = ending;
  const press = (what, value = null) => {
    link.asked();
    model.send({ press: what, value });
  };
  const middle = h("div", { class: "cx-talk-picture" });
  const screen = createScreen(middle, signal);
  const side = createSide();
  const room = createRoom(press);
  const help = createTalkHelp();
  const black = h("div", { class: "cx-talk-black", hidden: true, role: "status" }, h("span", { class: "cx-said" }, "The screen is black; press B to go on."));
  const thinking = h("p", { class: "cx-talk-think", role: "timer", "aria-live": "off", hidden: true });
  const typed = h("p", { class: "cx-talk-typed", role: "status" });
  const problem = h("p", { class: "cx-problem", role: "alert" });
  const deck = h("span", {});
  const clock = h("span", { class: "cx-talk-clock" });
  const keys = h("button", { type: "button", onclick: () => acts.help() }, "Keys: ?");
  const foot = h("div", { class: "cx-talk-foot" }, deck, h("span", { class: "cx-talk-note" }, "Schematic images for learning, not for diagnosis."), problem, typed, clock, keys);
  const root = h("div", { class: "cx-root cx-talk", tabindex: -1, "data-theme": "dark" }, h("div", { class: "cx-talk-main" }, middle, side.element), foot, thinking, room.join, black, help);
  const link = createLink(model, el, root, ["item", "vote"], signal);
  root.append(link.words);
  if (document.body.classList.contains("cx-page")) root.classList.add("cx-talk-alone");
  el.append(root);

  let notes = null; // the speaker's window, until it knows its address
  let ends = 0; // when the time to think is over
  const acts = {
    notes() {
      // opened at once, for a browser lets a page open a window only under its reader's hand
      notes = window.open("", "cx-speaker", "popup,width=1100,height=760");
      if (notes) press("speaker");
      else problem.textContent = "The browser kept the speaker’s window from opening; allow pop-ups for this page, and press N again.";
    },
    time() {
      ends = ends ? 0 : performance.now() + 1000 * THINK_S;
      tick();
    },
    closer: () => screen.closer(ZOOM_STEP),
    farther: () => screen.closer(1 / ZOOM_STEP),
    opened: () => screen.closer(0),
    whole: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.().catch(() => {})),
    help: () => help.showModal(),
    typed: (number) => (typed.textContent = number && `Case ${number}: press Enter`),
  };
  listenToTalk(root, press, acts, signal);
  const heard = (message) => {
    if (!message.open || !notes) return;
    notes.location = message.open;
    notes.focus();
  };
  model.on("msg:custom", heard);

  function tick() {
    const left = Math.ceil((ends - performance.now()) / 1000);
    thinking.hidden = !ends;
    thinking.textContent = left > 0 ? `0:${String(left).padStart(2, "0")}` : "Time";
    thinking.classList.toggle("cx-talk-over", left <= 0);
    const since = Math.max(0, Date.now() / 1000 - model.get("item").began);
    const words = `${Math.floor(since / 60)}:${String(Math.floor(since % 60)).padStart(2, "0")}`;
    if (clock.textContent !== words) clock.textContent = words;
  }
  const timer = setInterval(tick, 250);

  let place = 0;
  function draw() {
    const i = model.get("item");
    const vote = model.get("vote");
    problem.textContent = i.problem || vote.problem || "";
    if (place && place !== i.place) ends = 0;
    place = i.place;
    deck.textContent = i.deck;
    screen.show(i, [model.get("ground"), model.get("ground_beside")]);
    room.show(i, vote, side.polled);
    side.show(i, vote);
    black.hidden = !i.hidden;
    root.dataset.place = i.place;
    root.dataset.drawn = Number(root.dataset.drawn || 0) + 1;
    tick();
  }
  const drawVote = () => {
    const [i, vote] = [model.get("item"), model.get("vote")];
    room.show(i, vote, side.polled);
    if (vote.counts) side.show(i, vote);
    else side.fit();
    problem.textContent = i.problem || vote.problem || "";
  };
  // one look a frame: scene and vote may come together
  let due = 0;
  const soon = () => (due = due || requestAnimationFrame(() => ((due = 0), draw())));
  model.on("change:item", soon);
  model.on("change:vote", drawVote);
  draw();
  root.focus({ preventScroll: true });
  return () => {
    ending.abort();
    clearInterval(timer);
    cancelAnimationFrame(due);
    model.off("change:item", soon);
    model.off("change:vote", drawVote);
    model.off("msg:custom", heard);
    screen.dispose();
    side.dispose();
    takeApart(root);
  };
}
