// A panel in which a number or a word has too little room sets its type smaller, never below the smallest that can be read from
// where its readers stand: first at full size, then step by step, until nothing is cut, leaves the panel or lies on something else.
import { beyond } from "./geometry.js";
import { trim } from "./trim.js";

const LEAST = { text: 1.07, head: 1.03, title: 1.05, number: 1.26, large: 1.18, giant: 1.42 }; // of the quiet size: styles make parts of them
const STEPS = [0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56, 0.5];
const CLIPS = /hidden|clip|auto|scroll/;
const SLACK = 1.5;

function clipping(element, frame) {
  const boxes = [];
  for (let one = element; one && one !== frame.parentElement; one = one.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(one);
    if (one === frame || CLIPS.test(overflowX + overflowY)) boxes.push(one.getBoundingClientRect());
  }
  return boxes;
}

// The ink of every word of a panel: a line is higher than its letters.
function words(frame) {
  const found = [], range = document.createRange(), walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
  const boxes = new Map();
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest("svg, [hidden], style")) continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0.5 && rect.height > 0.5);
    if (!rects.length || !parent.checkVisibility({ visibilityProperty: true })) continue;
    if (!boxes.has(parent)) boxes.set(parent, clipping(parent, frame));
    const ink = rects.map(({ left, right, top, bottom, height }) => ({ left, right, top: top + height * 0.2, bottom: bottom - height * 0.2 }));
    let box = parent;
    while (/^(inline|contents)$/.test(getComputedStyle(box).display)) box = box.parentElement;
    let flow = box;
    while (/^(inline|contents)/.test(getComputedStyle(flow).display)) flow = flow.parentElement;
    found.push({ ink, boxes: boxes.get(parent), box, flow });
  }
  return found;
}

function crowded(frame) {
  if ([...frame.querySelectorAll("ul.trim, ul.cards")].some((list) => list.clientHeight && list.scrollHeight > list.clientHeight + 1)) return true;
  const all = words(frame);
  if (all.some(({ ink, boxes }) => ink.some((rect) => boxes.some((box) => beyond(rect, box) > SLACK)))) return true;
  if (all.some(({ ink, box }) => { const { left, right } = box.getBoundingClientRect(); return ink.some((rect) => rect.left < left - SLACK || rect.right > right + SLACK); })) return true;
  const lines = [...frame.querySelectorAll("li, p, section")].filter((row) => Number.parseFloat(getComputedStyle(row).borderTopWidth) > 0).map((row) => row.getBoundingClientRect());
  if (all.some(({ ink }) => ink.some((rect) => lines.some(({ left, right, top }) => rect.top + 2 < top && top < rect.bottom - 2 && rect.left < right && rect.right > left)))) return true;
  return all.some((one, n) => all.slice(n + 1).some((other) => one.ink.some((a) => other.ink.some((b) => {
    const apart = one.flow === other.flow ? -SLACK : 5; // a number and its neighbour need a space between them
    const beside = Math.max(a.left, b.left) - Math.min(a.right, b.right) < apart;
    return beside && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.max(SLACK, 0.5 * Math.min(a.bottom - a.top, b.bottom - b.top) * (apart > 0));
  }))));
}

function fit(frame) {
  const names = Object.keys(LEAST), board = getComputedStyle(frame.closest(".board"));
  const size = (name) => Number.parseFloat(board.getPropertyValue(`--${name}-size`));
  const set = (step) => names.forEach((name) => frame.style.setProperty(`--${name}-size`, `${Math.max(size(name) * step, size("quiet") * LEAST[name])}px`));
  names.forEach((name) => frame.style.removeProperty(`--${name}-size`));
  frame.querySelectorAll("ul.trim").forEach(trim);
  for (const step of STEPS) {
    if (!crowded(frame)) return;
    set(step);
    frame.querySelectorAll("ul.trim").forEach(trim);
  }
}

// A question or an answer that does not stand on one line beside its neighbours is set smaller too, as long as that helps.
function oneLine(title, size) {
  if (!title) return;
  const board = getComputedStyle(title.closest(".board"));
  const [large, least] = [size, "quiet"].map((name) => Number.parseFloat(board.getPropertyValue(`--${name}-size`)));
  title.style.removeProperty("font-size");
  const lines = () => title.clientHeight / Number.parseFloat(getComputedStyle(title).lineHeight);
  if (lines() < 1.5) return;
  for (const step of STEPS) {
    title.style.fontSize = `${Math.max(large * step, least * LEAST.title)}px`;
    if (lines() < 1.5) return;
  }
  title.style.removeProperty("font-size");
}

export function fitShown() {
  if (document.documentElement.classList.contains("tall")) return;
  oneLine(document.querySelector(".spine .answer"), "title");
  document.querySelectorAll(".scene.shown > .question > h1").forEach((title) => oneLine(title, title.closest(".wall") ? "text" : "title"));
  document.querySelectorAll(".scene.shown .frame[id]").forEach(fit);
}
