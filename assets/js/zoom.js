// Zoom: a picture at its own pixels, each one on one of the glass; dragged with a finger or the arrow keys, closer with two.
import { element } from "./element.js";
import { zoomed } from "./geometry.js";

const CLOSEST = 8, FIT = 0.94, STEP = 1.25, PAN = 120, STILL = 6;
let view = null;
const own = () => 1 / devicePixelRatio;
const fitting = (image) => Math.min((innerWidth * FIT) / image.naturalWidth, (innerHeight * FIT) / image.naturalHeight);

function place() {
  const { image, scale, x, y } = view;
  image.style.width = `${image.naturalWidth * scale}px`;
  image.style.transform = `translate(${x}px, ${y}px)`;
  image.classList.toggle("coarse", scale * devicePixelRatio >= 3);
  view.over.querySelector(".percent").textContent = `${Math.round(scale * devicePixelRatio * 100)} %`;
}

// What lies under the finger stays there.
function closer(factor, at = { x: innerWidth / 2, y: innerHeight / 2 }) {
  Object.assign(view, zoomed(view, factor, at, Math.min(own(), fitting(view.image)), CLOSEST * own()));
  place();
}

function centred(scale) {
  const { image } = view;
  Object.assign(view, { scale, x: (innerWidth - image.naturalWidth * scale) / 2, y: (innerHeight - image.naturalHeight * scale) / 2 });
  if (view.y < 0) view.y = 0;
  place();
}

function close() {
  view?.over.remove();
  view?.opener?.focus({ preventScroll: true });
  view = null;
}

const button = (words, name, act, kind) =>
  element("button", { class: kind, "aria-label": name, click: (event) => { event.stopPropagation(); act(); } }, words);

function zoom(picture) {
  close();
  const image = element("img", { alt: picture.alt, draggable: "false", src: picture.dataset.full || picture.src }), shut = button("Close", "Close", close, "close");
  const bar = element("nav", {}, button("−", "Smaller", () => closer(1 / STEP)), element("span", { class: "percent" }), button("+", "Larger", () => closer(STEP)),
    button("1 : 1", "Each pixel of the picture on one of the glass", () => centred(own())), button("Fit", "The whole picture", () => centred(fitting(image))), shut);
  const over = element("div", { id: "zoomed", role: "dialog", "aria-modal": "true", "aria-label": picture.alt }, image, bar);
  view = { over, image, opener: picture, scale: 1, x: 0, y: 0, fingers: new Map() };
  document.body.append(over);
  image.decode().catch(() => null).then(() => { if (view?.image === image) centred(Math.max(own(), fitting(image))); });
  touch(over);
  shut.focus();
}

function touch(over) {
  const { fingers } = view;
  let moved = 0;
  over.addEventListener("pointerdown", (event) => {
    if (event.target.closest("nav")) return;
    if (!fingers.size) moved = 0;
    fingers.set(event.pointerId, event);
    over.setPointerCapture(event.pointerId);
  });
  over.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before || !view) return;
    const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    moved += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    if (other) {
      const gap = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY) || 1;
      closer(gap(event) / gap(before), { x: (event.clientX + other.clientX) / 2, y: (event.clientY + other.clientY) / 2 });
    } else {
      view.x += event.clientX - before.clientX;
      view.y += event.clientY - before.clientY;
      place();
    }
    fingers.set(event.pointerId, event);
  });
  ["pointerup", "pointercancel"].forEach((name) => over.addEventListener(name, (event) => {
    const outside = fingers.has(event.pointerId) && moved < STILL && !within(event);
    fingers.delete(event.pointerId);
    if (outside) close();
  }));
  over.addEventListener("wheel", (event) => { event.preventDefault(); closer(event.deltaY < 0 ? STEP : 1 / STEP, { x: event.clientX, y: event.clientY }); }, { passive: false });
}

function within({ clientX, clientY }) {
  const { left, right, top, bottom } = view.image.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

const PANS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const KEYS = { Escape: close, "+": () => closer(STEP), "=": () => closer(STEP), "-": () => closer(1 / STEP), 0: () => centred(fitting(view.image)), 1: () => centred(own()) };
addEventListener("keydown", (event) => {
  if (!view) {
    if (event.key !== "Enter" || !event.target.matches?.("img.zoom")) return;
    event.preventDefault();
    zoom(event.target);
    return;
  }
  const pan = PANS[event.key], act = KEYS[event.key];
  if (event.key === "PageDown" || event.key === "PageUp") return close();
  if (!pan && !act) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (act) return act();
  view.x += pan[0] * PAN;
  view.y += pan[1] * PAN;
  place();
}, true);

document.addEventListener("click", (event) => {
  const picture = event.target.closest?.("img.zoom");
  if (picture && !picture.closest(".compare")) zoom(picture);
});
addEventListener("room:arrived", () => { if (view) close(); });
