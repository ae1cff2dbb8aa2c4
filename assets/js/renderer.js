// Draws a board out of what Dash's components say ({ type, namespace, props }), with Dash's own React and without the rest of Dash: a
// board is HTML and static charts. A page whose panels hold another component comes with Dash's renderer, and put() asks that one.
import { goTo } from "./request.js";
import { typeface } from "./typeface.js";

const HTML = "dash_html_components", TAGS = { MapEl: "map", ObjectEl: "object" }, BASIC = [undefined, "scatter", "bar", "pie"];
const first = document.getElementById("first"), places = new Map();
let library = null, isBasic = true;

// plotly.js comes with the first chart, after the words around it stand: a quarter of it, as long as there are but lines and bars.
function charts(figure) {
  const part = figure.data.every(({ type }) => BASIC.includes(type)) ? "basic" : "full";
  if (part === "full" && isBasic) [library, isBasic] = [null, false];
  library ??= new Promise((loaded, failed) => {
    const script = Object.assign(document.createElement("script"), { src: first.dataset[isBasic ? "basic" : "full"], onload: loaded, onerror: failed });
    requestAnimationFrame(() => document.head.append(script));
  });
  return library;
}

// A chart keeps as much room for its words as they take when it is drawn: not before the letters are those of the typeface.
async function draw(place, plot, chart) {
  if (place.current !== plot) return;
  await Plotly.react(plot, chart);
  dispatchEvent(new CustomEvent("room:charted", { detail: plot.closest(".frame")?.id }));
}

function Graph({ figure, config, className = "", style }) {
  const place = React.useRef(null), last = React.useRef(Promise.resolve());
  React.useLayoutEffect(() => {
    const plot = place.current, chart = { data: figure.data, layout: { ...figure.layout, autosize: true }, config: { ...config, responsive: false } };
    last.current = last.current.then(() => Promise.all([charts(figure), typeface])).then(() => draw(place, plot, chart)).catch(() => { /* again.js loads the page anew */ });
  }, [figure]);
  React.useEffect(() => {
    const plot = place.current, seen = new ResizeObserver(() => { if (plot.data && plot.offsetParent && !isSized(plot)) Plotly.Plots.resize(plot); });
    seen.observe(plot);
    return () => { seen.disconnect(); if (plot.data) Plotly.purge(plot); };
  }, []);
  const whole = { height: "100%", width: "100%" };
  return React.createElement("div", { className: `dash-graph ${className}`.trim(), style }, React.createElement("div", { ref: place, style: whole }));
}

function isSized(plot) {
  const drawn = plot.querySelector(".main-svg")?.getBoundingClientRect(), place = plot.getBoundingClientRect();
  return Boolean(drawn) && Math.abs(drawn.width - place.width) < 1 && Math.abs(drawn.height - place.height) < 1;
}

// An element with an id: what stands in it can be put there anew.
function Place({ part }) {
  const [, again] = React.useReducer((turn) => turn + 1, 0), { id } = part.props;
  React.useLayoutEffect(() => {
    places.set(id, { part, again });
    return () => { if (places.get(id)?.part === part) places.delete(id); };
  }, [part]);
  return tagged(part);
}

function tagged({ type, props: { children, ...own } }) {
  return React.createElement(TAGS[type] || type.toLowerCase(), own, ...[children].flat(Infinity).map(element));
}

function element(part) {
  if (part === null || typeof part !== "object") return part;
  if (part.type === "Graph") return React.createElement(Graph, part.props);
  return part.props.id ? React.createElement(Place, { part }) : tagged(part);
}

const isOwn = (part) => (Array.isArray(part) ? part.every(isOwn) : !part?.type || part.type === "Graph" || (part.namespace === HTML && isOwn(part.props.children)));

// What stands in the element of this id from now on, at once.
export function put(id, children) {
  if (!first) window.dash_clientside?.set_props(id, { children });
  else if (!isOwn(children)) goTo(); // the room knows now that this page needs Dash's renderer
  else if (places.has(id)) {
    const { part, again } = places.get(id);
    part.props = { ...part.props, children };
    ReactDOM.flushSync(again);
  }
}

export const canPut = () => Boolean(first || window.dash_clientside?.set_props);

if (first) {
  const screen = { type: "Div", namespace: HTML, props: { id: "screen", children: JSON.parse(first.textContent) } };
  ReactDOM.flushSync(() => ReactDOM.createRoot(document.getElementById("react-entry-point")).render(element(screen)));
}
