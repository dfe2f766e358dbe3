/** Where each node stands: ForceAtlas2 from a fixed start, so that a picture looks the same again. */
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import noverlap from "graphology-layout-noverlap";

import type { Network } from "./model";

export interface Point {
  x: number;
  y: number;
}

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** Radius of a node in the picture, by the share of its size in the largest. */
export function radius(size: number, largest: number): number {
  return 9 + 15 * Math.sqrt(Math.max(size, 0) / Math.max(largest, 1));
}

/** A place for each node id. It depends on the network alone, not on the order it came in. */
export function layOut(network: Network, radii: ReadonlyMap<string, number>): Map<string, Point> {
  const graph = new Graph({ type: "undirected", multi: false });
  network.ranked.forEach((id, index) => {
    const distance = 40 * Math.sqrt(index);
    graph.addNode(id, {
      x: distance * Math.cos(index * GOLDEN_ANGLE),
      y: distance * Math.sin(index * GOLDEN_ANGLE),
      size: radii.get(id),
    });
  });
  const pairs = network.edges
    .filter(({ source, target }) => source !== target)
    .map(({ source, target }) => (source < target ? [source, target] : [target, source]))
    .map(([source, target]) => JSON.stringify([source, target]));
  for (const pair of [...new Set(pairs)].sort()) {
    const [source, target] = JSON.parse(pair);
    graph.addEdge(source, target);
  }
  if (graph.order > 1) {
    forceAtlas2.assign(graph, {
      iterations: graph.order > 2000 ? 200 : 500,
      settings: {
        barnesHutOptimize: graph.order > 300,
        gravity: 0.6,
        scalingRatio: 60,
        slowDown: 4,
        outboundAttractionDistribution: false,
      },
    });
    noverlap.assign(graph, { maxIterations: 200, settings: { margin: 6, ratio: 1.1 } });
  }
  return new Map(graph.mapNodes((id, { x, y }) => [id, { x, y }]));
}
