// Which overlays are switched on: each by itself, and all of them together.

// kinds: [{kind, name, usual}] in their order; `tell` hears which are on.
function createOverlays(kinds, tell) {
  const chosen = new Set(kinds.filter((each) => each.usual).map((each) => each.kind));
  let on = false;
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
      if (on && !chosen.size) for (const { kind, usual } of kinds) if (usual) chosen.add(kind);
      tell(now());
    },
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
