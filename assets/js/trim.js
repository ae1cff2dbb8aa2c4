// Rows that do not fit their list are taken off the end, and how many is said; data-beyond counts those that were never drawn.
// A list that is "noted" says it beside its headline and keeps the room for a row.
import { element } from "./element.js";

export function trim(list) {
  const rows = [...list.children].filter((row) => !row.classList.contains("more"));
  rows.forEach((row) => { row.hidden = false; });
  list.querySelector(":scope > .more")?.remove();
  const beyond = Number(list.dataset.beyond || 0), aside = list.classList.contains("noted") ? list.closest(".frame")?.querySelector("header .aside") : null;
  aside?.querySelector(".left-out")?.remove();
  if (list.clientHeight === 0 || (!beyond && list.scrollHeight <= list.clientHeight + 1)) return;
  const more = aside ? element("span", { class: "left-out" }) : element("li", { class: "more" });
  const say = (count) => { more.textContent = aside ? `\u00a0${count} not shown` : `and ${count} more`; };
  say(beyond);
  if (aside) aside.append(more);
  else if (!list.classList.contains("silent")) list.append(more);
  for (let left = rows.length - 1; left > 0 && list.scrollHeight > list.clientHeight + 1; left -= 1) {
    rows[left].hidden = true;
    say(rows.length - left + beyond);
  }
  if (!beyond && !rows.some((row) => row.hidden)) more.remove();
}
