/** The graph view: a picture of a part of the graph to look into, as a page or a file. */
import "./graph.css";

import { byId } from "./dom";
import { showFinder } from "./find";
import { Labels } from "./labels";
import { type Hidden, showLegend } from "./legend";
import { Network, readPicture } from "./model";
import { showPanel } from "./panel";
import { Reader } from "./reader";
import { makeView } from "./view";

const network = new Network(readPicture());
const view = makeView(network, byId("view"));
new Labels(view, network.ranked, getComputedStyle(document.body).fontFamily);
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const reader = new Reader(network, choose);
let chosen: string | null = null;

function choose(id: string | null): void {
  const node = id === null ? view.collection() : view.getElementById(id);
  chosen = node.nonempty() ? id : null;
  view.batch(() => {
    view.elements().removeClass("faded near chosen");
    if (chosen === null) return;
    const around = node.closedNeighborhood();
    view.elements().not(around).addClass("faded");
    around.addClass("near");
    node.addClass("chosen");
  });
  showPanel(network, chosen, {
    choose,
    clear: () => choose(null),
    read: (text, of) => reader.open(text, of),
  });
  view.resize();
  if (chosen !== null) bringIntoSight();
  const hash = chosen === null ? "" : `#${encodeURIComponent(chosen)}`;
  history.replaceState(null, "", `${location.pathname}${location.search}${hash}`);
}

/** Move the picture only where the chosen node stands outside it or at its rim. */
function bringIntoSight(): void {
  const node = view.getElementById(chosen ?? "");
  const { x, y } = node.renderedPosition();
  const rim = 60;
  const inside =
    x > rim && y > rim && x < view.width() - rim && y < view.height() - rim && view.zoom() > 0.4;
  if (inside) return;
  const move = { center: { eles: node }, zoom: Math.max(view.zoom(), 0.8) };
  if (calm.matches) view.zoom(move.zoom).center(node);
  else view.animate(move, { duration: 250 });
}

function filter({ kinds, types }: Hidden): void {
  view.batch(() => {
    for (const node of view.nodes()) node.toggleClass("hidden", kinds.has(node.data("kind")));
    for (const edge of view.edges()) edge.toggleClass("hidden", types.has(edge.data("type")));
  });
}

function zoom(factor: number): void {
  const centre = { x: view.width() / 2, y: view.height() / 2 };
  view.zoom({ level: view.zoom() * factor, renderedPosition: centre });
}

view.on("tap", "node", (event) => choose(event.target.id()));
view.on("tap", (event) => {
  if (event.target === view) choose(null);
});
byId("zoom-in").addEventListener("click", () => zoom(1.4));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
byId("zoom-fit").addEventListener("click", () => view.fit(undefined, 46));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector("dialog[open]") === null) choose(null);
});
showLegend(network, filter);
showFinder(network, choose);
if (location.hash) choose(decodeURIComponent(location.hash.slice(1)));
document.documentElement.dataset.ready = "true";
