// The speaker's page: shows what the desk says, and asks for the next step. It holds nothing of its own.
const of = (id) => document.getElementById(id);
const made = (tag, attributes, ...children) => {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
};
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
let show = {};
let socket = null;

function draw({ show: s, room, poll, problem, outside }) {
  if (!s || !s.of) return void (of("title").textContent = "The presenting page is not there yet.");
  show = s;
  of("place").textContent = `Case ${s.place} of ${s.of}`;
  of("title").textContent = s.title;
  of("question").textContent = s.question;
  of("answer").textContent = s.answer;
  of("notes").textContent = s.notes || "No notes to this case.";
  of("notes").classList.toggle("none", !s.notes);
  of("deck").textContent = s.deck_notes;
  of("deck-head").hidden = !s.deck_notes;
  const next = s.steps.findIndex((step) => !step.done);
  of("steps").replaceChildren(...s.steps.map((step, number) => made("li", { className: step.done ? "done" : number === next ? "next" : "" }, step.words)));
  of("following").textContent = s.following ? `Then: ${s.following}` : "Then: the end of the deck.";
  const counted = poll && poll.key === s.key ? poll : null;
  const all = counted ? Math.max(1, ...counted.counts) : 1;
  of("votes").replaceChildren(
    ...(counted ? s.options : []).map((word, place) => {
      const bar = made("i", {});
      bar.style.width = `${(100 * counted.counts[place]) / all}%`;
      return made("li", { className: s.right.includes(place) ? "right" : "" }, made("span", {}, String.fromCharCode(65 + place)), made("span", {}, word), made("span", {}, bar), made("b", {}, String(counted.counts[place])));
    })
  );
  of("voting").textContent = counted ? `${counted.votes} vote${counted.votes === 1 ? "" : "s"}, ${counted.open ? "voting is open" : "voting is closed"}. The room sees the numbers with the answer.` : s.options.length ? "Nobody has been asked to vote on this." : "This question is not for voting.";
  const where = room ? `Room ${room.code} at ${room.address}, ${room.joined} phone${room.joined === 1 ? "" : "s"}. ` : "No room is open; the first vote opens one. ";
  of("room").textContent = where + (outside ? "Whoever is on this network and has the code can vote; nothing else of this computer can be reached." : "Only this computer can reach it. “Open to the room” lets phones on this network reach the voting page of this computer, and nothing else of it.");
  of("problem").textContent = problem || "";
  of("poll").textContent = counted && counted.open ? "Close the vote" : "Ask the room";
  of("poll").disabled = !s.options.length;
  of("public").disabled = outside || !room;
  of("end").disabled = !room;
  of("hide").setAttribute("aria-pressed", String(s.hidden));
  tick();
}

function tick() {
  const now = Date.now();
  of("now").textContent = new Date(now).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  if (!show.of) return;
  of("since").textContent = clock(Math.max(0, now / 1000 - show.began));
  of("case").textContent = `${clock(Math.max(0, now / 1000 - show.case_began))} on this case`;
}

function link() {
  socket = new WebSocket(`ws://${location.host}/speaker`);
  socket.onmessage = ({ data }) => ((of("lost").hidden = true), draw(JSON.parse(data)));
  socket.onclose = () => {
    of("lost").hidden = false;
    setTimeout(link, 1500);
  };
}
const ask = (word) => socket && socket.readyState === 1 && socket.send(word);
for (const button of document.querySelectorAll("nav button")) button.onclick = () => ask(button.id);
const KEYS = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back", b: "hide", ".": "hide", o: "overlays", p: "poll", j: "join" };
document.addEventListener("keydown", (event) => {
  const word = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!word || event.ctrlKey || event.altKey || event.metaKey || (event.key === " " && event.target.tagName === "BUTTON")) return;
  event.preventDefault();
  ask(word);
});
setInterval(tick, 500);
link();
