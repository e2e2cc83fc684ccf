// Which overlays are switched on: each by itself, and all of them together.

// kinds: [{kind, name, usual}] in their order; `drawn` those that are on already; `tell` hears which are on.
function createOverlays(kinds, drawn, tell) {
  const usual = kinds.filter((each) => each.usual).map((each) => each.kind);
  const chosen = new Set(drawn.length ? drawn : usual);
  let on = drawn.length > 0;
  const now = () => (on ? kinds.map((each) => each.kind).filter((kind) => chosen.has(kind)) : []);
  return {
    all: kinds,
    now,
    shown: (kind) => on && chosen.has(kind),
    get on() {
      return on;
    },
    // Put all on or off; which of them are meant is remembered.
    put(all) {
      on = all;
      if (on && !chosen.size) for (const kind of usual) chosen.add(kind);
      tell(now());
    },
    // Put those on or off that usually come first, whatever else is on.
    putUsual(all) {
      if (!on) chosen.clear();
      for (const kind of usual) all ? chosen.add(kind) : chosen.delete(kind);
      on = chosen.size > 0;
      tell(now());
    },
    usualShown: () => on && usual.every((kind) => chosen.has(kind)),
    // Switch one. With none on, it alone is meant: nothing else springs up.
    toggle(kind) {
      if (!on) chosen.clear();
      if (chosen.has(kind)) chosen.delete(kind);
      else chosen.add(kind);
      on = chosen.size > 0;
      tell(now());
    },
  };
}
