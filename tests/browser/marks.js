// Every mark of the shown screen whose size or place is not its number; one sentence a fault (see wallboard/drawing/scale.py).
() => {
  const SLACK = 1.6;
  const UNLIKE = 0.012;
  const THIN = 2; // pixels of the canvas: what is thinner is not seen from where readers stand
  const LENGTH = /(^|;)\s*(width|height|left|right|top|bottom|flex|flex-basis|inset|clip-path|transform)\s*:[^;]*\d/;
  const faults = [];
  const isColumn = document.documentElement.matches(".tall");
  const zoom = isColumn ? 1 : window.innerHeight / 1080;
  const { transform } = getComputedStyle(document.getElementById("screen") || document.body);
  const canvas = isColumn ? document.getElementById("board").currentCSSZoom : transform === "none" ? 1 : new DOMMatrix(transform).a; // pixels of the glass for one of the canvas
  const call = (element) => {
    const frame = element.closest(".frame[id]");
    return `${frame ? `#${frame.id} ` : ""}${element.tagName.toLowerCase()}${element.className ? `.${String(element.className).trim().replace(/\s+/g, ".")}` : ""}`;
  };
  const fault = (kind, element, message) => faults.push(`${kind}: ${call(element)}: ${message}`);
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });
  const number = (element, name) => Number(element.getAttribute(name));
  const round = (pixels) => Math.round((pixels / zoom) * 10) / 10;

  // The inner edge of a well and its pixels for one: [pixel of its low end, pixels per unit, which way it grows].
  function measure(well) {
    const box = well.getBoundingClientRect(), styles = getComputedStyle(well);
    const [left, right, top, bottom] = ["Left", "Right", "Top", "Bottom"].map((side) => Number.parseFloat(styles[`border${side}Width`]) * canvas);
    const along = well.dataset.along, low = number(well, "data-low"), high = number(well, "data-high");
    const [start, size] = along.endsWith("x") ? [box.left + left, box.width - left - right] : [box.top + top, box.height - top - bottom];
    const back = along === "-x" || along === "y";
    const per = size / (high - low);
    return { per, size, at: (value) => (back ? start + size - (value - low) * per : start + (value - low) * per), across: along.endsWith("x") };
  }

  // A mark of any number but none can be seen: neither side of it is a hair.
  function thin(mark, { width, height }) {
    const none = mark.hasAttribute("data-to") && number(mark, "data-to") === number(mark, "data-from");
    const { borderStyle } = getComputedStyle(mark);
    const side = Math.min(width, height);
    if (!none && borderStyle === "none" && side < (THIN - 0.25) * (isColumn ? canvas : zoom)) fault("too thin", mark, `${round(side)} px`);
  }

  const wells = new Map();
  for (const well of document.querySelectorAll("[data-scale]")) {
    if (!seen(well)) continue;
    const its = measure(well);
    if (!(number(well, "data-high") > number(well, "data-low"))) fault("no scale", well, `from ${well.dataset.low} to ${well.dataset.high}`);
    if (its.size < 1) { fault("no room", well, "its well has no size"); continue; }
    const name = `${well.closest(".frame[id]")?.id} ${well.dataset.scale}`;
    const first = wells.get(name);
    if (!first) wells.set(name, its.per);
    else if (Math.abs(its.per / first - 1) > UNLIKE && Math.abs(its.per - first) * (number(well, "data-high") - number(well, "data-low")) > SLACK * zoom)
      fault("two measures", well, `${round(its.per * 1000)} and ${round(first * 1000)} px for 1,000 of “${well.dataset.scale}”`);
  }

  for (const mark of document.querySelectorAll("[data-to], [data-at]")) {
    const well = mark.closest("[data-scale]");
    if (!well) { fault("no scale", mark, "stands in no well"); continue; }
    if (!seen(mark)) continue;
    thin(mark, mark.getBoundingClientRect());
    const { at, across } = measure(well), box = mark.getBoundingClientRect();
    const [begins, ends] = across ? [box.left, box.right] : [box.top, box.bottom];
    if (mark.hasAttribute("data-at")) {
      const far = Math.abs((begins + ends) / 2 - at(number(mark, "data-at")));
      if (far > SLACK * zoom) fault("misplaced", mark, `${mark.dataset.at} stands ${round(far)} px from its place`);
      continue;
    }
    const [from, to] = [number(mark, "data-from"), number(mark, "data-to")];
    const [first, last] = [at(from), at(to)];
    const least = Number.parseFloat(getComputedStyle(mark)[across ? "minWidth" : "minHeight"]) * canvas || 0;
    const wanted = Math.abs(last - first), drawn = ends - begins;
    if (Math.abs(drawn - Math.max(wanted, least)) > SLACK * zoom) fault("wrong size", mark, `${to - from} is ${round(drawn)} px long instead of ${round(wanted)}`);
    const origin = first === last ? [begins, ends].sort((a, b) => Math.abs(a - first) - Math.abs(b - first))[0] : last > first ? begins : ends;
    if (Math.abs(origin - first) > SLACK * zoom) fault("wrong side", mark, `${from} to ${to} begins ${round(Math.abs(origin - first))} px from ${from}`);
  }

  // A word lies under no mark, and no mark under a word.
  for (const frame of document.querySelectorAll(".frame")) {
    const marks = [...frame.querySelectorAll("[data-to]")].filter((mark) => seen(mark) && getComputedStyle(mark).backgroundColor + getComputedStyle(mark).backgroundImage !== "rgba(0, 0, 0, 0)none");
    if (!marks.length) continue;
    const boxes = marks.map((mark) => mark.getBoundingClientRect());
    const range = document.createRange(), walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || !seen(node.parentElement)) continue;
      range.selectNodeContents(node);
      for (const { left, right, top, height } of range.getClientRects()) {
        const hit = boxes.findIndex((box) => Math.min(right, box.right) - Math.max(left, box.left) > SLACK * zoom && Math.min(top + 0.8 * height, box.bottom) - Math.max(top + 0.2 * height, box.top) > SLACK * zoom);
        if (hit >= 0) fault("mark over text", marks[hit], `“${node.data.trim().slice(0, 40)}”`);
      }
    }
  }

  // Bands: as thick at both ends as their number.
  for (const band of document.querySelectorAll("[data-size]")) {
    if (!seen(band)) continue;
    const { size, per } = measure(band.closest("[data-scale]"));
    const ys = getComputedStyle(band).clipPath.match(/[\d.-]+%\s+[\d.-]+%/g).map((point) => Number.parseFloat(point.split(/\s+/)[1]) / 100);
    const drawn = Math.abs(ys.at(-1) - ys[0]) * size, wanted = Math.max(number(band, "data-size") * per, number(band, "data-least") * size);
    if (Math.abs(drawn - wanted) > SLACK * zoom) fault("wrong size", band, `${band.dataset.size} is ${round(drawn)} px thick instead of ${round(wanted)}`);
  }

  // Drawn images: every point as high as its value, every arrow as thick as its cases.
  for (const image of document.querySelectorAll('.frame img[src^="data:image/svg+xml;base64,"]')) {
    if (!seen(image)) continue;
    const svg = new DOMParser().parseFromString(atob(image.src.split(",")[1]), "image/svg+xml").documentElement;
    const [low, high, side] = [number(svg, "data-low"), number(svg, "data-high"), Number(svg.getAttribute("viewBox").split(" ")[3])];
    for (const shape of svg.querySelectorAll("[data-values]")) {
      const values = shape.getAttribute("data-values").split(" ").map(Number);
      const path = (shape.getAttribute("points") || shape.getAttribute("d") || "").matchAll(/(-?[\d.]+)[ ,](-?[\d.]+)/g);
      const ys = shape.localName === "rect" ? [number(shape, "y"), number(shape, "y") + number(shape, "height")] : [...path].map((at) => Number(at[2]));
      const far = Math.max(...values.map((value, n) => Math.abs(ys[n] - side * (1 - (value - low) / (high - low)))));
      if (!(far < 1) || ys.length !== values.length) fault("misplaced", image, `a ${shape.localName} of ${values.length} values is drawn at ${ys.slice(0, 4)}`);
    }
    for (const arrow of svg.querySelectorAll("[data-size]")) {
      const wanted = Math.max(number(arrow, "data-least"), number(arrow, "data-size") * number(arrow, "data-per"));
      if (Math.abs(number(arrow, "stroke-width") - wanted) > 0.1) fault("wrong size", image, `${arrow.dataset.size} is ${arrow.getAttribute("stroke-width")} thick instead of ${wanted}`);
    }
    if (svg.querySelector("[data-values]") && !(high > low)) fault("no scale", image, `from ${low} to ${high}`);
  }
  for (const graph of document.querySelectorAll(".frame .js-plotly-plot")) {
    const axis = graph._fullLayout?.yaxis;
    if (!seen(graph) || !axis) continue;
    if (axis.type !== "linear" || axis.range[0] > 0 || axis.range[1] < 0) fault("no scale", graph, `an axis ${axis.type} from ${axis.range} without zero`);
  }

  // Figures of people: as many as the count needs.
  for (const people of document.querySelectorAll(".pictograms")) {
    const count = number(people, "data-count"), per = number(people, "data-per");
    const drawn = Math.max(0, ...[...people.querySelectorAll("[data-to]")].map((person) => number(person, "data-to")));
    if (drawn !== Math.ceil(count / per) * per) fault("wrong size", people, `${count} people drawn as ${drawn}`);
  }

  // Nothing else is as long, or stands as far, as a number says, except words.
  for (const element of document.querySelectorAll(".frame [style]")) {
    if (element.closest(".dash-graph, svg") || element.matches("[data-to], [data-at], [data-size], img, video") || element.textContent.trim()) continue;
    if (LENGTH.test(element.getAttribute("style"))) fault("unmarked size", element, element.getAttribute("style"));
  }
  return [...new Set(faults)];
}
