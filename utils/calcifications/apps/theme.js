// How a page looks: light, dark or high contrast, as the page around it has it or as its reader chose; and large, for the
// back row. What is chosen holds for all that is open here, and is remembered.

const THEMES = [
  ["page", "as the page has it"],
  ["light", "light"],
  ["dark", "dark"],
  ["contrast", "high contrast"],
];
const ASKED = ["(prefers-contrast: more)", "(prefers-color-scheme: light)"].map((query) => window.matchMedia(query));
const [MORE_CONTRAST, LIGHT] = ASKED;

function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a browser may forbid it: then nothing is remembered
  }
}

// Return what the page around has: JupyterLab says so on its body, elsewhere the computer does.
function themeOfPage() {
  const { jpThemeLight, jpThemeName } = document.body.dataset;
  if (MORE_CONTRAST.matches || /contrast/i.test(jpThemeName || "")) return "contrast";
  const light = jpThemeLight && !document.body.classList.contains("cx-page") ? jpThemeLight === "true" : LIGHT.matches;
  return light ? "light" : "dark";
}

function chosenTheme() {
  const chosen = remembered("cx-theme");
  return THEMES.some(([name]) => name === chosen) ? chosen : "page";
}

function chooseTheme(name) {
  try {
    localStorage.setItem("cx-theme", name);
  } catch {
    return;
  } finally {
    window.dispatchEvent(new Event("cx-theme"));
  }
}

// Keep an element in its theme until `signal` aborts; `told` hears of each change.
function followTheme(element, signal, told = () => {}) {
  const dress = () => {
    const chosen = chosenTheme();
    element.dataset.theme = chosen === "page" ? themeOfPage() : chosen;
    told(chosen);
  };
  for (const query of ASKED) query.addEventListener("change", dress, { signal });
  for (const event of ["cx-theme", "storage"]) window.addEventListener(event, dress, { signal });
  const watch = new MutationObserver(dress);
  watch.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  signal.addEventListener("abort", () => watch.disconnect());
  dress();
}
