// Every question that a page asks the room: each has a time limit, which also holds while the answer arrives, and no answer is kept.
const LIMIT = 15_000, WRITES = 30_000;
let token = null, moving = false;

export const request = (address, { limit = LIMIT, ...options } = {}) =>
  fetch(address, { cache: "no-store", signal: AbortSignal.timeout(limit), ...options });

export const json = async (address, options) => (await request(address, options)).json();

// A sign-in in another tab makes a new token: what is refused for an old one is sent once more with the new one.
export async function post(address, fields = {}, limit = WRITES) {
  const body = new URLSearchParams(fields);
  for (;;) {
    const isNew = token === null;
    try {
      token ??= (await json("/room/token")).token;
      const response = await request(address, { method: "POST", body, headers: { "X-Room-Token": token }, limit });
      if (response.status === 403) token = null;
      if (response.status !== 403 || isNew) return await response.json();
    } catch (problem) {
      token = null;
      throw problem;
    }
  }
}

// A page is left only for one that is known to answer: a browser that went to a silent one would stay on its own error page.
export async function goTo(address = location.href) {
  if (moving) return false;
  moving = true;
  try {
    const to = new URL(address, location.href), response = await request(to);
    if (!response.ok || !(await response.text())) return false;
    if (to.href === location.href) location.reload(); else location.assign(to);
    return true;
  } catch {
    return false;
  } finally {
    moving = false;
  }
}
