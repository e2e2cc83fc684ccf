// The room's way in: a QR code, an address and five letters; and how many have voted. What they voted for comes with the
// answer, and not before.

function qr({ qr: path, side }, words) {
  return h("svg", { viewBox: `0 0 ${side} ${side}`, class: "cx-talk-qr", role: "img", "aria-label": words }, h("rect", { width: side, height: side }), h("path", { d: path }));
}

const counted = (many, noun) => `${many} ${noun}${many === 1 ? "" : "s"}`;
const bare = (address) => address.replace(/^http:\/\//, "");

function createRoom(press) {
  const join = h("section", { class: "cx-talk-join", "aria-label": "How to vote", hidden: true });
  let drawn = "";
  const open = h("button", { type: "button", onclick: () => press("public") }, "Open to the room");
  const joined = h("p", { class: "cx-talk-joined", role: "status" });

  function drawJoin({ room, outside, problem }) {
    const now = JSON.stringify([room && [room.code, room.address], outside, problem]);
    joined.textContent = room ? `${counted(room.joined, "phone")} here` : "";
    if (now === drawn) return;
    drawn = now;
    if (!room) return join.replaceChildren(h("p", {}, "The room is being opened."));
    const shut = [
      h("p", { class: "cx-talk-shut" }, "Only this computer can vote now."),
      open,
      h("p", { class: "cx-talk-note" }, "lets phones on this network reach the voting page of this computer, and nothing else of it, until the room ends."),
    ];
    join.replaceChildren(
      qr(room, `QR code for ${room.address}/${room.code}`),
      h(
        "div",
        {},
        h("h2", {}, "Vote with your phone"),
        h("p", {}, "Point its camera at the code, or type"),
        h("p", { class: "cx-talk-address" }, bare(room.address)),
        h("p", {}, "and the letters"),
        h("p", { class: "cx-talk-code" }, room.code),
        joined,
        ...(outside ? [] : shut),
        problem && h("p", { class: "cx-problem" }, problem)
      )
    );
  }

  return {
    join,
    show(i, vote, polled) {
      drawJoin(vote);
      join.hidden = !i.join;
      const { room } = vote;
      const asking = vote.votes !== null && vote.votes !== undefined && room;
      polled.hidden = !asking || vote.counts;
      if (polled.hidden) return polled.replaceChildren();
      polled.replaceChildren(
        vote.open ? qr(room, "QR code to vote") : "",
        h(
          "div",
          {},
          h("p", { class: "cx-talk-votes" }, h("b", {}, counted(vote.votes, "vote"))),
          h("p", {}, vote.open ? "Voting is open." : "Voting is closed."),
          vote.open && h("p", {}, bare(room.address)),
          vote.open && h("p", { class: "cx-talk-code" }, room.code)
        )
      );
    },
  };
}
