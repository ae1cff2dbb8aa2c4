// Everything on the shown screen that cannot be read from where its readers stand; one sentence a fault.
({ floor, wall }) => {
  const faults = [];
  const TEXT = 4.5, MARK = 3, LINE = 4, SLACK = 1.5, TOUCH = 44;
  const MARKS = ".shape, .bar > i, .bar > b, .part, .pictograms i, .sized:not(.ribbon, .upto, .half, .age, .band), .controls button, .track path";
  const CLIPS = new Set(["hidden", "clip", "auto", "scroll"]);
  const { innerWidth: width, innerHeight: height } = window;

  // Nothing changes while it is read: what many elements ask of the same one is worked out once.
  const once = (work) => {
    const known = new Map();
    return (element) => {
      if (!known.has(element)) known.set(element, work(element));
      return known.get(element);
    };
  };
  const style = once((element) => getComputedStyle(element));
  const up = function* (element) { for (let each = element; each; each = each.parentElement) yield each; };
  const frameOf = once((element) => [...up(element)].find((each) => each.matches(".frame, .rail > .happened, .rail, .why-now, .whose, .question, .board > footer") && style(each).display !== "contents") || document.body);
  const isOpaque = once((element) => Number(style(element).opacity) > 0.02 && (!element.parentElement || isOpaque(element.parentElement)));
  const seen = once((element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true, opacityProperty: true }) && isOpaque(element));
  const round = (number) => Math.round((number * 1080) / height); // told in pixels of a screen 1080 high
  const call = (element) => {
    const frame = element.closest(".frame[id]");
    const own = `${element.tagName.toLowerCase()}${element.getAttribute("class") ? `.${element.getAttribute("class").trim().replace(/\s+/g, ".")}` : ""}`;
    return `${frame ? `#${frame.id} ` : ""}${own}`;
  };
  const fault = (kind, element, text, message) =>
    faults.push(`${kind}: ${call(element)}${text ? ` “${text.trim().slice(0, 50)}”` : ""}: ${message}`);

  // ---- colours ----
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  function rgba(colour) {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = "#0000";
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  }
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const faded = ([r, g, b, a], opacity) => [r, g, b, a * opacity];
  const behind = once((element) => {
    const colour = rgba(style(element).backgroundColor);
    if (colour[3] === 1) return colour;
    const below = element.parentElement ? behind(element.parentElement) : [255, 255, 255, 1];
    return colour[3] > 0 ? over(colour, below) : below;
  });
  const opacity = once((element) => Number(style(element).opacity) * (element.parentElement ? opacity(element.parentElement) : 1));
  const channel = (value) => { const c = value / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  function contrast(colour, ground) {
    const [lighter, darker] = [luminance(over(colour, ground)), luminance(ground)].sort((a, b) => b - a);
    return (lighter + 0.05) / (darker + 0.05);
  }

  // ---- places ----
  const isColumn = document.documentElement.matches(".tall");
  const roams = (element) => element.closest('[data-fit="wide"] > .body'); // wider than the glass, moved by a finger
  const grown = once((element) => {
    const { transform } = style(element), below = element.parentElement ? grown(element.parentElement) : 1;
    if (transform === "none") return below;
    const { a, b } = new DOMMatrix(transform);
    return below * Math.hypot(a, b);
  });
  const scale = once((element) => (element.currentCSSZoom || 1) * grown(element));
  const rects = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((rect) => rect.width > 0.5 && rect.height > 0.5);
  };
  // The ink of a line: a rectangle of text is taller than its letters; some of them hang below their line.
  const ink = ({ left, right, top, bottom, width, height }, text) => {
    const [across, down] = height > width && text.trim().length > 2 ? [width * 0.2, 0] : [0, height * 0.2]; // upright beside an axis
    return { left: left + across, right: right - across, top: top + down, bottom: bottom - down, hang: !across && /[gjpqyQ,;()]/.test(text) ? height * 0.1 : 0 };
  };
  const block = once((element) => [...up(element)].find((each) => style(each).display !== "inline" && style(each).display !== "contents"));
  const flow = once((element) => [...up(element)].find((each) => !/^(inline|contents)/.test(style(each).display)));
  const outside = (rect, { left, right, top, bottom }) =>
    Math.max(left - rect.left, rect.right - right, top - rect.top, rect.bottom - bottom);

  // ---- every text ----
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.closest("script, style, noscript, title, defs, option")) continue;
    const places = rects(node);
    if (places.length && seen(element)) texts.push({ node, element, places: places.map((rect) => ink(rect, node.data)), text: node.data });
  }
  if (!texts.length) faults.push("empty: there is no text on this screen");
  // Texts of two panels do not meet: one that leaves its panel is a fault already.
  const neighbours = [...Map.groupBy(texts, ({ element }) => frameOf(element)).values()];

  for (const { element, places, text } of texts) {
    const size = Number.parseFloat(style(element).fontSize) * scale(element);
    if (size < floor - 0.25) fault("small", element, text, `${round(size)} px of 1080, the floor is ${round(floor)}`);

    const svg = element instanceof SVGElement;
    const colour = faded(rgba(svg ? style(element).fill : style(element).color), opacity(element) * (svg ? Number(style(element).fillOpacity) : 1));
    const ratio = contrast(colour, behind(element));
    if (ratio < TEXT) fault("pale", element, text, `contrast ${ratio.toFixed(2)}, at least ${TEXT}`);

    if (!style(element).fontFamily.replaceAll('"', "").startsWith("Inter")) fault("typeface", element, text, style(element).fontFamily);

    const glass = { left: 0, top: 0, right: width, bottom: isColumn ? document.scrollingElement.scrollHeight : height };
    const sideways = roams(element);
    const far = Math.max(...places.map((place) => outside(place, glass)));
    if (far > SLACK && !sideways) fault("off the screen", element, text, `by ${round(far)} px`);
    const frame = frameOf(element).getBoundingClientRect();
    const out = Math.max(...places.map((place) => outside(place, frame)));
    if (out > SLACK && !sideways) fault("out of its panel", element, text, `by ${round(out)} px`);
    for (const each of up(element)) {
      const { overflowX, overflowY } = style(each);
      if (each === document.body || each === document.documentElement || !(CLIPS.has(overflowX) || CLIPS.has(overflowY)) || each instanceof SVGElement || each === sideways) continue;
      const cut = Math.max(...places.map((place) => outside(place, each.getBoundingClientRect())));
      if (cut > SLACK) { fault("cut off", element, text, `by ${round(cut)} px by ${call(each)}`); break; }
    }
    const plot = svg && element.closest("svg.main-svg");
    if (plot) {
      const lost = Math.max(...places.map((place) => outside(place, plot.getBoundingClientRect())));
      if (lost > SLACK) fault("cut off", element, text, `by ${round(lost)} px by its chart`);
    }
    const box = svg ? null : block(element).getBoundingClientRect();
    const wider = svg ? 0 : Math.max(...places.map(({ left, right }) => Math.max(box.left - left, right - box.right)));
    if (wider > SLACK) fault("wider than its box", element, text, `by ${round(wider)} px`);
    if (style(element).textOverflow === "ellipsis" && element.scrollWidth > element.clientWidth + 1) fault("cut off", element, text, "ends in …");
  }

  // ---- text without a space between, and text struck through by the border of a row ----
  const scaled = height / 1080;
  for (const group of neighbours) for (const first of group) {
    for (const other of group) {
      if (first === other || first.element instanceof SVGElement || flow(first.element) === flow(other.element)) continue;
      const near = first.places.some((a) => other.places.some((b) => {
        const together = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        return together > 0.5 * Math.min(a.bottom - a.top, b.bottom - b.top) && b.left >= a.right - SLACK && b.left - a.right < 5 * scaled;
      }));
      if (near) fault("no space", first.element, first.text, `it touches ${call(other.element)} “${other.text.trim().slice(0, 50)}”`);
    }
  }
  const lines = [];
  for (const row of document.querySelectorAll(".frame li, .frame p, .frame section, .frame header, .frame div")) {
    if (!seen(row)) continue;
    const styles = style(row), { left, right, top, bottom, width: long } = row.getBoundingClientRect();
    if (long < 60) continue;
    if (Number.parseFloat(styles.borderTopWidth) > 0 && styles.borderTopStyle === "solid") lines.push({ row, left, right, at: top });
    if (Number.parseFloat(styles.borderBottomWidth) > 0 && styles.borderBottomStyle === "solid") lines.push({ row, left, right, at: bottom });
  }
  for (const { element, places, text } of texts) {
    const through = lines.find(({ row, left, right, at }) => frameOf(row) === frameOf(element) && places.some((ink) => ink.top + 2 * scaled < at && at < ink.bottom - 2 * scaled && ink.left < right && ink.right > left));
    if (through) fault("struck through", element, text, `by the border of ${call(through.row)}`);
  }

  // ---- text over text ----
  for (const group of neighbours) for (let i = 0; i < group.length; i += 1) {
    for (let j = i + 1; j < group.length; j += 1) {
      const [first, other] = [group[i], group[j]];
      const shared = (a, b) => Math.min(Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom + a.hang, b.bottom + b.hang) - Math.max(a.top, b.top));
      const most = Math.max(...first.places.flatMap((a) => other.places.map((b) => shared(a, b))));
      if (most > SLACK) fault("overlap", first.element, first.text, `by ${round(most)} px with ${call(other.element)} “${other.text.trim().slice(0, 50)}”`);
    }
  }

  // ---- what clips, and what scrolls ----
  for (const element of document.body.querySelectorAll("*")) {
    if (!(element instanceof HTMLElement) || !seen(element)) continue;
    const { overflowX, overflowY } = style(element);
    const [x, y] = [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight];
    if (element.clientWidth && CLIPS.has(overflowX) && x > 1 && roams(element) !== element) fault("overflow", element, "", `${x} px wider than it shows`);
    if (element.clientHeight && CLIPS.has(overflowY) && y > 1) fault("overflow", element, "", `${y} px taller than it shows`);
    if (element.matches("img, .graph") && frameOf(element) !== document.body) {
      const out = outside(element.getBoundingClientRect(), frameOf(element).getBoundingClientRect());
      if (out > SLACK && !roams(element)) fault("out of its panel", element, "", `by ${round(out)} px`);
    }
    if (wall && style(element).cursor !== "none" && style(element.parentElement).cursor !== style(element).cursor && element.getBoundingClientRect().width > 0) fault("cursor", element, "", style(element).cursor);
  }
  if (wall && style(document.body).cursor !== "none") fault("cursor", document.body, "", style(document.body).cursor);
  const root = document.scrollingElement;
  if (root.clientWidth < width || root.clientHeight < height) fault("scroll bar", root, "", `${width - root.clientWidth} × ${height - root.clientHeight} px`);

  // ---- what a finger touches on a phone; a link within a sentence is as large as its words ----
  if (isColumn && !document.documentElement.matches(".portrait")) {
    for (const target of document.querySelectorAll(".board a[href], .board button")) {
      const box = target.getBoundingClientRect();
      if (seen(target) && style(target).display !== "inline" && Math.min(box.width, box.height) < TOUCH - SLACK) fault("touch", target, target.textContent, `${Math.round(box.width)} × ${Math.round(box.height)} px, at least ${TOUCH}`);
    }
  }

  // ---- marks and data lines ----
  for (const element of document.querySelectorAll(MARKS)) {
    const box = element.getBoundingClientRect();
    if (!seen(element) || box.width < 1 || box.height < 1) continue;
    const styles = style(element);
    const drawn = [styles.backgroundColor, ...(styles.backgroundImage.match(/rgba?\([^)]*\)/g) || []), styles.borderTopColor]
      .filter((_, i, all) => i < all.length - 1 || Number.parseFloat(styles.borderTopWidth) > 0)
      .map(rgba).filter((colour) => colour[3] > 0);
    const ground = behind(element.parentElement);
    const best = Math.max(1, ...drawn.map((colour) => contrast(faded(colour, opacity(element)), ground)));
    if (best < MARK) fault("pale mark", element, element.title, `contrast ${best.toFixed(2)}, at least ${MARK}`);
  }
  // ---- lines of charts: data, and what is drawn across them (events, limits) ----
  const points = (line) => {
    const place = line.getScreenCTM(), long = line.getTotalLength();
    return [...Array(200).keys()].map((i) => line.getPointAtLength((long * i) / 199).matrixTransform(place));
  };
  const crossing = (line) => {
    const place = line.getBoundingClientRect();
    const near = texts.filter(({ places }) => places.some((box) => box.left < place.right && box.right > place.left && box.top < place.bottom && box.bottom > place.top));
    const along = near.length ? points(line) : [];
    return near.find(({ places }) => places.some((box) => along.some(({ x, y }) => x > box.left + SLACK && x < box.right - SLACK && y > box.top && y < box.bottom)));
  };
  for (const line of document.querySelectorAll(".shapelayer path")) {
    if (!seen(line) || Number(style(line).fillOpacity) * rgba(style(line).fill)[3] > 0) continue;
    const crossed = crossing(line);
    if (crossed) fault("line over text", crossed.element, crossed.text, "a line across the chart runs through it");
  }
  for (const line of document.querySelectorAll(".scatterlayer path.js-line")) {
    if (!seen(line)) continue;
    const thick = Number.parseFloat(style(line).strokeWidth) * scale(line);
    if (thick / (isColumn ? width / 1080 : Math.min(width / 1920, height / 1080)) < LINE - 0.05) fault("thin line", line, "", `${round(thick)} px at 1080p, at least ${LINE}`);
    const crossed = crossing(line);
    if (crossed) fault("line over text", crossed.element, crossed.text, "a data line runs through it");
    const ratio = contrast(faded(rgba(style(line).stroke), opacity(line) * Number(style(line).strokeOpacity)), behind(line));
    if (ratio < MARK) fault("pale mark", line, "", `contrast ${ratio.toFixed(2)}, at least ${MARK}`);
  }
  if (![...document.fonts].some((font) => font.family.replaceAll('"', "") === "Inter" && font.status === "loaded")) faults.push("typeface: Inter is not loaded");
  return [...new Set(faults)];
}
