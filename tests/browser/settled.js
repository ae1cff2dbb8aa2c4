() => {
  const board = document.getElementById("board");
  if (!board) return "no board";
  const frames = [...document.querySelectorAll(".scene.shown .frame, #rail, #spine")];
  const waiting = frames.filter((frame) => !frame.dataset.state || frame.querySelector(".waiting"));
  if (waiting.length) return `waiting for ${waiting.map((frame) => frame.id)}`;
  if ([...document.querySelectorAll(".scene.shown .question > .facts")].some((age) => !age.textContent)) return "waiting for the age of the facts";
  const shown = [...document.querySelectorAll(".scene.shown")];
  if (shown.length !== 1 || shown.some((scene) => getComputedStyle(scene).opacity !== "1")) return "no scene shown";
  const images = [...document.querySelectorAll(".scene.shown img")].filter((image) => !image.complete);
  if (images.length) return `loading ${images.map((image) => image.src)}`;
  const graphs = [...document.querySelectorAll(".scene.shown .dash-graph")].filter((graph) => !graph.querySelector(".main-svg .trace"));
  if (graphs.length) return "charts";
  const growing = [...document.querySelectorAll(".scene.shown .js-plotly-plot")].filter((plot) => {
    const drawn = plot.querySelector(".main-svg").getBoundingClientRect(), place = plot.getBoundingClientRect();
    return Math.abs(drawn.width - place.width) > 2 || Math.abs(drawn.height - place.height) > 2;
  });
  if (growing.length) return "charts become as large as their places";
  return document.fonts.status === "loaded" ? "" : "fonts";
}
