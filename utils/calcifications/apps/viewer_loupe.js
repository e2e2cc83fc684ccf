// The loupe: a round lens that shows what lies under the hand larger. It reads the same grey values as the picture.

const POWERS = [0, 2, 4]; // times as large as the picture around it; 0 is off
const LENS = 0.4; // of the pane's shorter side

function createLoupe(pane) {
  const glass = h("canvas", { "aria-hidden": "true" });
  const words = h("span", {});
  const element = h("div", { class: "cx-loupe", "aria-hidden": "true" }, glass, words);
  return {
    // Show the surroundings of a point of the picture, so many times larger than around the lens.
    draw(power, point) {
      if (!power || !point) return element.remove();
      if (!element.isConnected) pane.element.append(element);
      const [x, y] = pane.toPane(point);
      const side = Math.round(LENS * Math.min(...pane.size()));
      const fine = Math.round(side * window.devicePixelRatio);
      if (glass.width !== fine) glass.width = glass.height = fine;
      element.style.width = element.style.height = `${side}px`;
      element.style.transform = `translate(${x - side / 2}px, ${y - side / 2}px)`;
      words.textContent = `${power}×`;
      const reach = side / (power * pane.scale());
      const pen = glass.getContext("2d");
      pen.imageSmoothingQuality = "high";
      pen.fillStyle = "#000";
      pen.fillRect(0, 0, fine, fine);
      pen.drawImage(pane.canvas, point[0] - reach / 2, point[1] - reach / 2, reach, reach, 0, 0, fine, fine);
    },
  };
}
