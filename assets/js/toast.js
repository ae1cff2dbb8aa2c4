// What was done, said for a moment at the foot of the console.
import { after, cancel } from "./clock.js";

const SHOWN = 6000, NAME = "toast-now";
let closes = null;

export function toast(words) {
  const place = document.querySelector(`#${NAME}.toast`);
  if (!place) return window.dash_clientside?.set_props(NAME, { children: words, is_open: true }); // Dash's renderer drew this page
  cancel(closes);
  place.firstChild.textContent = words;
  place.classList.add("show");
  closes = after(SHOWN, () => place.classList.remove("show"));
}
