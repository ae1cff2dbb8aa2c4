// Which kind of screen an address is, and where a screen stands in the room.
const isWalk = (root) => (path = location.pathname) => path === root || path.startsWith(`${root}/`);

export const query = () => new URLSearchParams(location.search);
export const isJourney = isWalk("/journey");
export const isTour = isWalk("/tour");
export const isFollow = () => location.pathname === "/follow";
export const isWall = () => location.pathname.startsWith("/wall/") && query().has("screen");
export const board = () => document.getElementById("board");

// What a question about this screen is asked for: its own name and its perimeter.
export function ofScreen(fields = {}) {
  const parameters = new URLSearchParams(fields), screen = query().get("screen");
  if (screen && !parameters.has("screen")) parameters.set("screen", screen);
  if (board()?.dataset.perimeter) parameters.set("perimeter", board().dataset.perimeter);
  return parameters;
}

// A name that outlives the page but not its tab; nothing where the browser keeps nothing.
export const storage = {
  get: (name) => { try { return sessionStorage.getItem(`room:${name}`); } catch { return null; } },
  set: (name, value) => { try { if (value) sessionStorage.setItem(`room:${name}`, value); else sessionStorage.removeItem(`room:${name}`); } catch { /* nothing is kept here */ } },
};
