// Elements, made in one call. Children become text unless they are elements: what customers wrote is never markup.
export function element(kind, attributes = {}, ...children) {
  const made = document.createElement(kind);
  Object.entries(attributes).forEach(([name, value]) => {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  });
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}
