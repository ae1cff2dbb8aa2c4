// The menu of a narrow screen: a touch opens it, another one, Escape or a touch beside it closes it.
function open(menu, is) {
  menu.setAttribute("aria-expanded", String(is));
}

document.addEventListener("click", ({ target }) => {
  const menu = document.querySelector(".console .menu");
  if (menu?.contains(target)) open(menu, menu.getAttribute("aria-expanded") !== "true");
  else if (menu && !target.closest?.(".places")) open(menu, false);
});

document.addEventListener("keydown", ({ key }) => {
  const menu = key === "Escape" && document.querySelector(".console .menu[aria-expanded='true']");
  if (!menu) return;
  open(menu, false);
  menu.focus();
});
