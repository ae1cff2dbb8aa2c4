// Rows that do not fit their list are taken off the end, and how many is said; data-beyond counts those that were never drawn.
// A list that is "noted" says it beside its headline and keeps the room for a row.
import { element } from "./element.js";

export function trim(list) {
  const rows = [...list.children].filter((row) => !row.classList.contains("more"));
  rows.forEach((row) => { row.hidden = false; });
  list.querySelector(":scope > .more")?.remove();
  const beyond = Number(list.dataset.beyond || 0), aside = list.classList.contains("noted") ? list.closest(".frame")?.querySelector("header .aside") : null;
  takeOff(aside?.querySelector(".left-out"));
  if (list.clientHeight === 0 || (!beyond && list.scrollHeight <= list.clientHeight + 1)) return;
  const more = aside ? element("span", { class: "left-out" }) : element("li", { class: "more" });
  const heads = rows.filter((row) => row.matches(".head, .heads")).length, every = rows.length - heads + beyond;
  const say = (count) => { more.textContent = aside ? `${every - count} of ${every} shown` : `and ${count} more`; };
  say(beyond);
  if (aside) aside.append(" ", more);
  else if (!list.classList.contains("silent")) list.append(more);
  const holds = (count) => {
    rows.forEach((row, place) => { row.hidden = place >= count; });
    say(rows.length - count + beyond);
    return list.scrollHeight <= list.clientHeight + 1;
  };
  if (!holds(rows.length)) {
    let [least, most] = [heads + 1, rows.length - 1]; // the most rows that it holds, and one in any case: each asking lays the page out anew
    while (least < most) {
      const middle = Math.ceil((least + most) / 2);
      if (holds(middle)) least = middle; else most = middle - 1;
    }
    holds(least);
  }
  if (!beyond && !rows.some((row) => row.hidden)) takeOff(more);
}

// With the space before it: a list is fitted again and again.
function takeOff(more) {
  if (more?.previousSibling?.nodeType === Node.TEXT_NODE) more.previousSibling.remove();
  more?.remove();
}
