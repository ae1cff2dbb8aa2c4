// A panel in which a number or a word has too little room sets its type smaller, never below the smallest that can be read from
// where its readers stand: first at full size, then step by step, until nothing is cut, leaves the panel or lies on something else.
// In a column that is read downwards it then grows, or is as wide as on a wall and moved sideways by a finger. Where nothing helps,
// its headline and its number stand there alone; a picture in a cell as large as it asks for only goes where it would leave its panel.
import { beyond, freed } from "./geometry.js";
import { trim } from "./trim.js";

const LEAST = { text: 1.07, title: 1.05, number: 1.18, large: 1.22, huge: 1.3, giant: 1.42 }; // of the quiet size: styles make parts of them
const STEPS = [0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56, 0.5];
const GROWN = [1.25, 1.5, 2, 2.5, 3];
const FORMS = ["brief", "headline", "number"]; // headline, number and a word why; without the word; the number, or the word
const CLIPS = /hidden|clip|auto|scroll/;
const SLACK = 1.5;
const HANGING = /[gjpqyQ,;()]/; // letters that reach below their line

function clipping(element, frame) {
  const boxes = [];
  for (let each = element; each && each !== frame.parentElement; each = each.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(each);
    if (each !== frame && !CLIPS.test(overflowX + overflowY)) continue;
    const box = each.getBoundingClientRect(), isWide = frame.dataset.fit === "wide" && [frame, frame.querySelector(".body")].includes(each);
    boxes.push(isWide ? { left: -Infinity, right: Infinity, top: box.top, bottom: box.bottom } : box);
  }
  return boxes;
}

// Whether a chart still has to become as large as its place: then nothing can be said of its words.
function isGrowing(graph) {
  const plot = graph?.querySelector(".main-svg"), place = graph?.getBoundingClientRect(), its = plot?.getBoundingClientRect();
  return Boolean(plot) && (Math.abs(its.width - place.width) > 2 || Math.abs(its.height - place.height) > 2);
}

// An axis names only what stands apart on it: its ends first, then what has room between them; and what it measures, if that has room.
function thin(frame) {
  frame.querySelectorAll(".xaxislayer-above, .yaxislayer-above").forEach((axis) => {
    const names = [...axis.querySelectorAll(".xtick text, .ytick text")], kept = [];
    [names.at(-1), ...names.slice(0, -1)].filter(Boolean).forEach((name) => {
      const lines = name.querySelector(".line") ? [...name.querySelectorAll(".line")] : [name], boxes = lines.map((line) => line.getBoundingClientRect());
      const isApart = boxes.every((box) => kept.every((other) => Math.max(box.left - other.right, other.left - box.right) > box.height * 0.3 || Math.max(box.top - other.bottom, other.top - box.bottom) > -box.height * 0.3));
      name.style.visibility = isApart ? "" : "hidden";
      if (isApart) kept.push(...boxes);
    });
  });
  frame.querySelectorAll(".ytitle").forEach((title) => {
    const plot = title.closest(".graph"), box = inked(title), days = [...plot.querySelectorAll(".xtick text")].filter((name) => name.style.visibility !== "hidden");
    title.style.visibility = box.bottom - box.top > plot.getBoundingClientRect().height || days.some((name) => isOver(box, inked(name))) ? "hidden" : "";
  });
}

const inked = (name) => inkOf(name.getBoundingClientRect(), name.textContent, 0);
const isOver = (box, other) => Math.min(box.right, other.right) - Math.max(box.left, other.left) > SLACK && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > SLACK;

// Words in a chart that lie on each other: the later one goes up or down by as little as frees it; where it would leave the chart, it goes.
function separate(frame) {
  frame.querySelectorAll(".main-svg").forEach((plot) => {
    const { top, bottom } = plot.getBoundingClientRect(), kept = [];
    plot.querySelectorAll(".annotation").forEach((word) => {
      word.style.translate = word.style.visibility = "";
      const text = word.querySelector("text"), box = text?.getBoundingClientRect();
      if (!box?.width) return;
      const moved = freed({ left: box.left, right: box.right, top: box.top, bottom: box.bottom }, kept, { top, bottom });
      if (moved === null) word.style.visibility = "hidden";
      else {
        if (moved) word.style.translate = `0 ${moved / (plot.getScreenCTM()?.d || 1)}px`;
        kept.push({ left: box.left, right: box.right, top: box.top + moved, bottom: box.bottom + moved });
      }
    });
  });
}

// A chart keeps the size that it has in its picture while only the headline is shown.
function hold(frame, isHeld) {
  frame.querySelectorAll(".graph").forEach((graph) => {
    const { offsetWidth, offsetHeight } = graph;
    ["width", "height"].forEach((side) => graph.style.removeProperty(side));
    if (isHeld) Object.assign(graph.style, { width: `${offsetWidth}px`, height: `${offsetHeight}px` });
  });
}

// A line is higher than its letters, some of which hang below it; one that stands upright beside an axis is wider than they are.
function inkOf({ left, right, top, bottom, width, height }, text, hangs) {
  const [across, down] = height > width && text.trim().length > 2 ? [width * 0.2, 0] : [0, height * 0.2];
  return { left: left + across, right: right - across, top: top + down, bottom: bottom - down, hang: across ? 0 : height * hangs };
}

// The ink of every word of a panel.
function words(frame) {
  const texts = [], range = document.createRange(), walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
  const boxes = new Map();
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest("[hidden], style")) continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0.5 && rect.height > 0.5);
    if (!rects.length || !parent.checkVisibility({ visibilityProperty: true })) continue;
    if (!boxes.has(parent)) boxes.set(parent, clipping(parent, frame));
    const hangs = HANGING.test(node.data) ? 0.1 : 0;
    const ink = rects.map((rect) => inkOf(rect, node.data, hangs));
    if (parent.closest("svg")) {
      const plot = parent.closest("svg.main-svg");
      if (plot && isGrowing(plot.closest(".graph"))) continue;
      texts.push({ ink, boxes: plot ? [...boxes.get(parent), plot.getBoundingClientRect()] : boxes.get(parent) });
      continue;
    }
    let box = parent;
    while (/^(inline|contents)$/.test(getComputedStyle(box).display)) box = box.parentElement;
    let flow = box;
    while (/^(inline|contents)/.test(getComputedStyle(flow).display)) flow = flow.parentElement;
    texts.push({ ink, boxes: boxes.get(parent), box, flow });
  }
  return texts;
}

function crowded(frame) {
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });
  const clips = (list) => list.matches(".trim, .cards") || CLIPS.test(getComputedStyle(list).overflowY);
  if ([...frame.querySelectorAll("ul, ol, .body > div")].some((list) => list.clientHeight && list.scrollHeight > list.clientHeight + 1 && seen(list) && clips(list))) return true;
  const all = words(frame);
  if (all.some(({ ink, boxes }) => ink.some((rect) => boxes.some((box) => beyond(rect, box) > SLACK)))) return true;
  if (all.some(({ ink, box }) => { if (!box) return false; const { left, right } = box.getBoundingClientRect(); return ink.some((rect) => rect.left < left - SLACK || rect.right > right + SLACK); })) return true;
  const lines = [...frame.querySelectorAll("li, p, section, div")].filter((row) => Number.parseFloat(getComputedStyle(row).borderTopWidth) > 0 && seen(row)).map((row) => row.getBoundingClientRect());
  if (all.some(({ ink }) => ink.some((rect) => lines.some(({ left, right, top }) => rect.top + 2 < top && top < rect.bottom - 2 && rect.left < right && rect.right > left)))) return true;
  return all.some((each, n) => all.slice(n + 1).some((other) => each.ink.some((a) => other.ink.some((b) => {
    const apart = each.flow === other.flow || !each.flow || !other.flow ? -SLACK : 5; // a number and its neighbour need a space between them
    const gap = Math.max(a.left, b.left) - Math.min(a.right, b.right), top = Math.max(a.top, b.top);
    const shared = Math.min(a.bottom + a.hang, b.bottom + b.hang) - top, beside = Math.min(a.bottom, b.bottom) - top;
    return (gap < -SLACK && shared > SLACK) || (gap < apart && beside > 0.5 * Math.min(a.bottom - a.top, b.bottom - b.top));
  }))));
}

// Whether words stand outside of their panel, over its neighbours or the foot.
function leaves(frame) {
  const box = frame.getBoundingClientRect();
  return words(frame).some(({ ink }) => ink.some((rect) => beyond(rect, box) > SLACK));
}

// Whether a panel holds what it shows, at its full size or at one of the smaller ones.
function holds(frame) {
  const names = Object.keys(LEAST), board = getComputedStyle(frame.closest(".board"));
  const size = (name) => Number.parseFloat(board.getPropertyValue(`--${name}-size`));
  const set = (step) => names.forEach((name) => frame.style.setProperty(`--${name}-size`, `${Math.max(size(name) * step, size("quiet") * LEAST[name])}px`));
  const stands = () => { frame.querySelectorAll(".trim").forEach(trim); thin(frame); separate(frame); return !crowded(frame); };
  names.forEach((name) => frame.style.removeProperty(`--${name}-size`));
  if (stands()) return true;
  set(STEPS.at(-1));
  return stands() && STEPS.some((step) => { set(step); return stands(); }); // the largest that stands
}

// A column has room downwards: a panel grows until it holds all of its rows, or as many as it ever does.
function grows(frame) {
  const rowsLeftOut = () => frame.querySelectorAll(".trim > [hidden]").length, set = (times) => frame.style.setProperty("--grown", times);
  let best = null;
  for (const times of [1, ...GROWN]) {
    set(times);
    if (!holds(frame)) continue;
    const left = rowsLeftOut();
    if (!best || left < best.left) best = { times, left };
    if (!left) return true;
  }
  if (best) { set(best.times); holds(frame); } else frame.style.removeProperty("--grown");
  return Boolean(best);
}

// A portrait glass is shared: where a panel does not hold its picture, its headline takes fewer lines, then those of all, then it gets
// a larger part of the glass as long as the others hold theirs.
function share(frames) {
  const even = (some) => some.forEach((frame) => { frame.dataset.headline = "even"; });
  const first = frames.filter((frame) => !holds(frame));
  even(first);
  if (first.every(holds)) return;
  even(frames);
  const narrow = frames.filter((frame) => !holds(frame));
  if (narrow.length !== 1 || frames.length === 1) return;
  for (const times of GROWN) {
    narrow[0].style.setProperty("--grown", times);
    if (frames.every(holds)) return;
  }
  narrow[0].style.removeProperty("--grown");
}

function begin(frame) {
  delete frame.dataset.fit;
  delete frame.dataset.headline;
  hold(frame, false);
  frame.style.removeProperty("--grown");
}

function fit(frame) {
  if (isColumn() ? grows(frame) : holds(frame)) return;
  if (!frame.matches(".too-small, .tall *")) { // a cell as large as the panel asks for keeps its picture: its headline takes fewer lines
    frame.dataset.headline = "even";
    if (holds(frame)) return;
    delete frame.dataset.headline;
    if (!leaves(frame)) return;
  }
  const forms = isColumn() ? ["wide", ...FORMS] : FORMS;
  for (const form of forms) {
    hold(frame, form !== "wide");
    frame.dataset.fit = form;
    if (holds(frame)) return;
  }
}

// A question or an answer that does not stand on one line beside its neighbours is set smaller too, as long as that helps.
function oneLine(title, size) {
  if (!title) return;
  const board = getComputedStyle(title.closest(".board"));
  const [large, least] = [size, "quiet"].map((name) => Number.parseFloat(board.getPropertyValue(`--${name}-size`)));
  title.style.removeProperty("font-size");
  const number = title.querySelector(".headline-number");
  const line = (element) => element ? Number.parseFloat(getComputedStyle(element).lineHeight) : 0;
  const lines = () => title.clientHeight / Math.max(line(title), line(number));
  if (lines() < 1.5) return;
  for (const step of STEPS) {
    title.style.fontSize = `${Math.max(large * step, least * LEAST.title)}px`;
    if (lines() < 1.5) return;
  }
  title.style.removeProperty("font-size");
}

const isColumn = () => document.documentElement.matches(".tall") && !document.documentElement.matches(".portrait");

// Fits the panels that are on the glass: all of them, or those of these ids.
export function fitShown(ids) {
  const scene = isColumn() ? ".scene" : ".scene.shown";
  if (!ids && !isColumn()) oneLine(document.querySelector(".spine .answer"), "text");
  if (!ids && !document.documentElement.matches(".tall")) {
    document.querySelectorAll(`${scene} > .question > h1`).forEach((title) => oneLine(title, title.closest(".wall") ? "text" : "title"));
  }
  const isShared = document.documentElement.matches(".portrait");
  const all = [...document.querySelectorAll(`${scene} .frame[id]`)].filter((frame) => !frame.closest(".tall .walk"));
  const frames = isShared && all.some(({ id }) => ids?.has(id)) ? all : all.filter(({ id }) => !ids || ids.has(id));
  frames.forEach(begin);
  if (isShared) share(frames);
  frames.forEach(fit);
}
