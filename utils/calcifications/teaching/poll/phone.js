// A vote without a new page, and the next question as soon as it is asked. Without this script the page works as well:
// the answers are buttons of a form, and it loads itself again.
const now = document.getElementById("now");
const lost = document.getElementById("lost");

function show(html) {
  const focused = document.activeElement && document.activeElement.value;
  now.innerHTML = html; // of this room's own making; whatever anyone sent is escaped in it
  const again = focused && now.querySelector(`button[value="${CSS.escape(focused)}"]`);
  if (again) again.focus({ preventScroll: true });
}

async function fetched(place, how) {
  const answer = await fetch(place, { ...how, headers: { "X-Part": "now" }, credentials: "same-origin" });
  const html = await answer.text();
  const turn = answer.headers.get("X-Turn");
  if (!turn && answer.status >= 500) throw new Error(html);
  now.dataset.turn = turn || "end"; // a sentence without a room: there is nothing to follow
  return html;
}

now.addEventListener("submit", async (event) => {
  if (event.target.method !== "post") return; // a code that is typed leads to another page
  event.preventDefault();
  const sent = new URLSearchParams(new FormData(event.target));
  sent.set("option", event.submitter.value);
  try {
    show(await fetched(location.pathname, { method: "POST", body: sent }));
    lost.hidden = true;
  } catch {
    lost.hidden = false;
  }
});

async function follow() {
  for (let wait = 1; ; ) {
    try {
      const [before, asked] = [now.dataset.turn, performance.now()];
      const html = await fetched(`${location.pathname}/now?turn=${before}`);
      lost.hidden = true;
      wait = 1;
      if (now.dataset.turn !== before) show(html);
      if (now.dataset.turn === "end") return;
      // a busy server keeps nobody waiting: then it is asked less often
      if (now.dataset.turn === before && performance.now() - asked < 3000) await new Promise((done) => setTimeout(done, 3000));
    } catch {
      lost.hidden = false;
      await new Promise((done) => setTimeout(done, wait * 1000 * (0.5 + Math.random())));
      wait = Math.min(2 * wait, 15);
    }
  }
}
if (now.dataset.turn) follow();
