/** The graph view: a picture of a part of the graph to look into, as a page or a file. */
import "./graph.css";

import type { CollectionReturnValue, Core } from "cytoscape";

import { byId } from "./dom";
import { offerFiles } from "./export";
import { showFinder } from "./find";
import { Labels } from "./labels";
import { type Hidden, showLegend } from "./legend";
import { Network, readPicture } from "./model";
import { showPanel } from "./panel";
import { Reader } from "./reader";
import { fit, makeView } from "./view";

/** More names of relationships than this around one node would cover each other. */
const MOST_EDGE_NAMES = 14;

let network = new Network(await readPicture());
let view = shown();
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
let reader = new Reader(network, choose);
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
    expand: (id) => void expand(id),
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

/** Draw the network from the start, with what listens to the drawing. */
function shown(): Core {
  const made = makeView(network, byId("view"));
  new Labels(made, network.ranked, getComputedStyle(document.body).fontFamily);
  made.on("tap", "node", (event) => choose(event.target.id()));
  made.on("tap", (event) => {
    if (event.target === made) choose(null);
  });
  return made;
}

/** Add what hangs on a node to the picture, and to its address, so that it can be shared. */
async function expand(id: string): Promise<void> {
  const about = encodeURIComponent(id);
  const response = await fetch(network.picture.explore.replace("/graph?", "/graph.json?") + about);
  if (!response.ok) return;
  network = network.with(await response.json());
  view.destroy();
  byId("view").replaceChildren();
  view = shown();
  reader = new Reader(network, choose);
  showLegend(network, filter);
  showFinder(network, choose);
  const query = new URLSearchParams(location.search);
  if (!query.getAll("with").includes(id)) query.append("with", id);
  history.replaceState(null, "", `${location.pathname}?${query}`);
  choose(id);
}

byId("zoom-in").addEventListener("click", () => zoom(1.4));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
byId("zoom-fit").addEventListener("click", () => fit(view));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector("dialog[open]") === null) choose(null);
});
offerFiles(
  () => view,
  () => network,
  { png: byId("save-png"), svg: byId("save-svg") },
);
showLegend(network, filter);
showFinder(network, choose);
if (location.hash) choose(decodeURIComponent(location.hash.slice(1)));
document.documentElement.dataset.ready = "true";
