// What opens at a touch: Bootstrap's accordion, of whose script the room needs no more than this.
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-bs-toggle=collapse]");
  if (!button) return;
  const opens = button.classList.contains("collapsed");
  button.classList.toggle("collapsed", !opens);
  button.setAttribute("aria-expanded", opens);
  button.closest(".accordion-item").querySelector(".accordion-collapse").classList.toggle("show", opens);
});
