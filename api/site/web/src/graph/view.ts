/** The drawing itself: Cytoscape on a canvas, which needs no graphics card. */
import cytoscape, { type Collection, type Core, type ElementDefinition, type StylesheetJson } from "cytoscape";

import { iconAddress } from "./icons";
import { layOut, radius } from "./layout";
import { type Network, spoken } from "./model";

const LARGEST_ZOOM = 1.25;

export function makeView(network: Network, container: HTMLElement): Core {
  const largest = Math.max(...network.picture.nodes.map((node) => node.size), 1);
  const radii = new Map(
    network.picture.nodes.map((node) => [
      node.id,
      node.id === network.picture.focus ? 26 : radius(node.size, largest),
    ]),
  );
  const places = layOut(network, radii);
  const nodes: ElementDefinition[] = network.picture.nodes.map((node) => {
    const kind = network.kinds.get(node.kind);
    const colour = kind?.colour ?? "#9a9a9a";
    const icon = iconAddress(kind?.icon ?? "", readable(colour));
    return {
      group: "nodes",
      classes: node.id === network.picture.focus ? "focus" : "",
      position: places.get(node.id),
      data: {
        id: node.id,
        kind: node.kind,
        label: node.label,
        colour,
        width: 2 * (radii.get(node.id) ?? 9),
        icon: icon ?? "none",
      },
    };
  });
  const edges: ElementDefinition[] = network.edges.map(({ source, target, type }, index) => ({
    group: "edges",
    data: { id: `edge ${index}`, source, target, type, label: spoken(type) },
  }));
  const view = cytoscape({
    container,
    elements: [...nodes, ...edges],
    style: stylesheet(),
    layout: { name: "preset", fit: false },
    minZoom: 0.05,
    maxZoom: 4,
    boxSelectionEnabled: false,
    selectionType: "single",
  });
  fit(view);
  window
    .matchMedia("(prefers-color-scheme: dark)")
    .addEventListener("change", () => view.style(stylesheet()));
  return view;
}

/** A part of the picture, or all of it, in sight; what is small is not blown up. */
export function fit(view: Core, part: Collection = view.elements()): void {
  view.fit(part, 60);
  if (view.zoom() > LARGEST_ZOOM) {
    view.zoom(LARGEST_ZOOM);
    view.center(part);
  }
}

/** Black or white, whichever stands out on `colour` (WCAG 2 relative luminance). */
export function readable(colour: string): string {
  const channels = /^#(..)(..)(..)$/.exec(colour)?.slice(1) ?? ["99", "99", "99"];
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const value = Number.parseInt(channel, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.3 ? "#1d1b18" : "#ffffff";
}

function stylesheet(): StylesheetJson {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return [
    {
      selector: "node",
      style: {
        width: "data(width)",
        height: "data(width)",
        "background-color": "data(colour)",
        "border-width": 1,
        "border-color": colour("--card"),
        "overlay-opacity": 0,
      },
    },
    {
      selector: 'node[icon != "none"]',
      style: {
        "background-image": "data(icon)",
        "background-fit": "none",
        "background-width": "62%",
        "background-height": "62%",
      },
    },
    {
      selector: "node.focus",
      style: { "border-width": 4, "border-color": colour("--accent") },
    },
    {
      selector: "edge",
      style: {
        width: 1.2,
        "curve-style": "bezier",
        "line-color": colour("--tie"),
        "target-arrow-color": colour("--tie"),
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.8,
        "overlay-opacity": 0,
      },
    },
    {
      selector: "edge.near",
      style: {
        width: 2,
        "line-color": colour("--muted"),
        "target-arrow-color": colour("--muted"),
        "z-index": 2,
      },
    },
    {
      selector: "edge.named",
      style: {
        label: "data(label)",
        color: colour("--muted"),
        "font-size": 10,
        "font-family": colour("--sans"),
        "min-zoomed-font-size": 9,
        "text-rotation": "autorotate",
        "text-background-color": colour("--paper"),
        "text-background-opacity": 0.85,
        "text-background-padding": "1px",
      },
    },
    {
      selector: "node.chosen",
      style: { "border-width": 4, "border-color": colour("--ink"), "z-index": 3 },
    },
    { selector: ".faded", style: { opacity: 0.16 } },
    { selector: ".hidden", style: { display: "none" } },
  ];
}
