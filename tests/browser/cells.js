// Panels in cells of any size on the page of a wall, one after the other, without the renderer that paints them there: { fill, hold }.
(() => {
  const ATTRIBUTES = { className: "class", htmlFor: "for", tabIndex: "tabindex", colSpan: "colspan", rowSpan: "rowspan" };
  const css = (name) => (name.startsWith("--") ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  const grid = () => document.querySelector(".scene.shown .grid");

  function drawn(part, charts) {
    if (part === null || part === undefined || part === false) return [];
    if (Array.isArray(part)) return part.flatMap((child) => drawn(child, charts));
    if (typeof part !== "object") return [document.createTextNode(String(part))];
    const { type, props: { children, figure, config, style = {}, ...attributes } } = part;
    const made = document.createElement(type === "Graph" ? "div" : type.toLowerCase());
    if (type === "Graph") {
      made.className = "dash-graph";
      charts.push({ plot: made.appendChild(document.createElement("div")), figure, config });
    }
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === false || name === "responsive") continue;
      made.setAttribute(ATTRIBUTES[name] || name, value === true ? "" : value);
    }
    for (const [name, value] of Object.entries(style)) made.style.setProperty(css(name), value);
    made.append(...drawn(children, charts));
    return [made];
  }

  function framed({ id, name, children }) {
    const frame = document.createElement("section"), charts = [];
    frame.id = id;
    frame.className = `${name} too-small`; // the room does not trust the size of any: what does not hold is left out
    frame.dataset.state = "current";
    frame.append(...drawn(children, charts));
    return { frame, charts };
  }

  async function fill(panels) {
    const place = grid();
    place.removeAttribute("style");
    place.panels = Object.fromEntries(panels.map((panel) => [panel.id, framed(panel)]));
    await document.fonts.ready;
  }

  // As large as its place: whether it was not before.
  async function plotted({ plot, figure, config }) {
    const { offsetWidth, offsetHeight } = plot.parentElement, size = { width: Math.max(10, offsetWidth), height: Math.max(10, offsetHeight) };
    const known = plot._fullLayout;
    if (known && Math.abs(known.width - size.width) < 2 && Math.abs(known.height - size.height) < 2) return false;
    if (known) await window.Plotly.relayout(plot, size);
    else await window.Plotly.newPlot(plot, figure.data, { ...figure.layout, ...size }, { ...config, responsive: false });
    return true;
  }

  // What is left of a panel in a cell of that size ("" where its picture stands), and what cannot be read of it there.
  async function hold(name, [width, height], faultsOf) {
    const { frame, charts } = grid().panels[name];
    grid().style.cssText = `display: grid; grid-template: ${height}px / ${width}px; justify-content: start; align-content: start`;
    grid().replaceChildren(frame);
    delete frame.dataset.fit;
    frame.querySelectorAll(".graph").forEach((graph) => graph.removeAttribute("style"));
    for (let times = 0; times < 3; times += 1) { // what is left out, or set smaller, gives its room to the charts
      let isOther = false;
      for (const chart of charts) isOther = (await plotted(chart)) || isOther;
      if (times && !isOther) break;
      dispatchEvent(new CustomEvent("room:fit"));
    }
    return { form: frame.dataset.fit || "", faults: faultsOf() };
  }
  return { fill, hold };
})()
