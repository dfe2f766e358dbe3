/** The graph view: a picture of a part of the graph to look into, as a page or a file. */
import "./graph.css";

import type { CollectionReturnValue } from "cytoscape";

import { byId } from "./dom";
import { showFinder } from "./find";
import { Labels } from "./labels";
import { type Hidden, showLegend } from "./legend";
import { Network, readPicture } from "./model";
import { showPanel } from "./panel";
import { Reader } from "./reader";
import { fit, makeView } from "./view";

/** More names of relationships than this around one node would cover each other. */
const MOST_EDGE_NAMES = 14;

const network = new Network(readPicture());
const view = makeView(network, byId("view"));
new Labels(view, network.ranked, getComputedStyle(document.body).fontFamily);
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const reader = new Reader(network, choose);
let chosen: string | null = null;

function choose(id: string | null): void {
  const node = view.collection().union(id === null ? [] : view.getElementById(id));
  const around = node.closedNeighborhood();
  chosen = node.nonempty() ? id : null;
  view.batch(() => {
    view.elements().removeClass("faded near named chosen");
    if (chosen === null) return;
    view.elements().not(around).addClass("faded");
    around.addClass("near");
    node.addClass("chosen");
    if (around.edges().length <= MOST_EDGE_NAMES) around.edges().addClass("named");
  });
  showPanel(network, chosen, {
    choose,
    clear: () => choose(null),
    read: (text, of) => reader.open(text, of),
  });
  view.resize();
  if (chosen !== null) bringIntoSight(around);
  const hash = chosen === null ? "" : `#${encodeURIComponent(chosen)}`;
  history.replaceState(null, "", `${location.pathname}${location.search}${hash}`);
}

/** Move the picture only where a part of what was chosen, with what hangs on it, is out of sight. */
function bringIntoSight(around: CollectionReturnValue): void {
  const { x1, y1, x2, y2 } = around.renderedBoundingBox();
  const inside = x1 > 0 && y1 > 0 && x2 < view.width() && y2 < view.height() && view.zoom() > 0.5;
  if (inside) return;
  const before = { zoom: view.zoom(), pan: { ...view.pan() } };
  fit(view, around);
  if (calm.matches) return;
  const after = { zoom: view.zoom(), pan: { ...view.pan() } };
  view.viewport(before);
  view.animate(after, { duration: 250 });
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
byId("zoom-fit").addEventListener("click", () => fit(view));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector("dialog[open]") === null) choose(null);
});
showLegend(network, filter);
showFinder(network, choose);
if (location.hash) choose(decodeURIComponent(location.hash.slice(1)));
document.documentElement.dataset.ready = "true";
