// What a session saw is shown again: ways to the walk lead to the walk as that session saw it.
const before = () => location.pathname.match(/^\/session\/\d+(?=\/)/)?.[0];

addEventListener("click", (event) => {
  const way = before() && event.target.closest?.('a[href^="/journey"]');
  if (way) way.href = before() + way.getAttribute("href");
}, true);
