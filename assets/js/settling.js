// When what stands on a board is fitted. What is painted within a moment is fitted together, not each panel of it three times; what
// stands already is not fitted again. At the end of the moment all that came in it is fitted in any case: a size may change alone.
import { after, cancel } from "./clock.js";

const TRIES = [0, 150], MOMENT = 600;

// `fit` takes the ids of parts, or null for everything, as a settling of null means.
export function settling(fit) {
  let due = [], painted = new Set(), moment = new Set(), isStale = true, isLettered = false;
  function run(ids) {
    fit(ids);
    isStale = false;
    if (!ids) painted = new Set();
  }
  function settle(id) {
    [painted, moment] = [painted, moment].map((ids) => (id === null ? null : ids && ids.add(id)));
    due.forEach(cancel);
    isStale = true;
    due = TRIES.map((ms) => after(ms, () => { if (isStale && isLettered) run(painted); }));
    due.push(after(MOMENT, () => { run(moment); [painted, moment] = [new Set(), new Set()]; }));
  }
  return {
    run,
    settle,
    changed: () => { isStale = true; },
    lettered: () => { isLettered = true; if (isStale) run(null); },
  };
}
