// Puts another board on the page that stands there, without loading it anew: nothing of the one before is left.
async (address) => {
  const to = new URL(address, location.href), asked = new URLSearchParams(to.search);
  asked.set("path", to.pathname);
  const ends = performance.now() + 60_000;
  const until = async (holds) => {
    while (!holds()) {
      if (performance.now() > ends) throw new Error(`${address} does not come`);
      await new Promise(requestAnimationFrame);
    }
  };
  const answer = await fetch(`/board?${asked}`);
  const { board } = await answer.json();
  if (!board) return false;
  const put = (children) => window.dash_clientside.set_props("screen", { children });
  put(null);
  await until(() => !document.getElementById("board"));
  history.replaceState({}, "", to);
  put(board);
  await until(() => document.getElementById("board"));
  return true;
}
