// Puts every panel's picture into a grid of cells of one size on the page of a wall, without the renderer that paints one by one.
async (panels) => {
  const ATTRIBUTES = { className: "class", htmlFor: "for", tabIndex: "tabindex", colSpan: "colspan", rowSpan: "rowspan" };
  const charts = [];
  const css = (name) => (name.startsWith("--") ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  function drawn(part) {
    if (part === null || part === undefined || part === false) return [];
    if (Array.isArray(part)) return part.flatMap(drawn);
    if (typeof part !== "object") return [document.createTextNode(String(part))];
    const { type, props: { children, figure, config, style = {}, ...attributes } } = part;
    const made = document.createElement(type === "Graph" ? "div" : type.toLowerCase());
    if (type === "Graph") {
      made.className = "dash-graph";
      const plot = made.appendChild(document.createElement("div"));
      charts.push({ plot, figure, config });
    }
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === false || name === "responsive") continue;
      made.setAttribute(ATTRIBUTES[name] || name, value === true ? "" : value);
    }
    for (const [name, value] of Object.entries(style)) made.style.setProperty(css(name), value);
    made.append(...drawn(children));
    return [made];
  }
  const grid = document.querySelector(".scene.shown .grid");
  grid.removeAttribute("style");
  grid.classList.add("cells");
  grid.replaceChildren(...panels.map(({ id, name, children }) => {
    const frame = document.createElement("section");
    frame.id = id;
    frame.className = `${name} too-small`; // the room does not trust the size of any: what does not hold is left out
    frame.dataset.state = "current";
    frame.style.contain = "size layout style";
    frame.append(...drawn(children));
    return frame;
  }));
  await document.fonts.ready;
  for (const { plot, figure, config } of charts) await window.Plotly.newPlot(plot, figure.data, { ...figure.layout, autosize: true }, { ...config, responsive: false });
  return charts.length;
}
