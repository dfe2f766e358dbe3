/** Where each node stands: ForceAtlas2 from a fixed start, so that a picture looks the same again. */
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

import type { Network } from "./model";

export interface Point {
  x: number;
  y: number;
}

interface Disc extends Point {
  size: number;
}

/** Room between nodes, in units of the picture. */
const GAP = 6;
/** Room between parts that do not hang together, and for a name below a small one. */
const APART = 60;
const NAME = 180;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const MOST_ROUNDS = 200;

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
    });
  });
  const pairs = network.edges
    .filter(({ source, target }) => source !== target)
    .map(({ source, target }) => (source < target ? [source, target] : [target, source]))
    .map((pair) => JSON.stringify(pair));
  for (const pair of [...new Set(pairs)].sort()) {
    const [source, target] = JSON.parse(pair);
    graph.addEdge(source, target);
  }
  if (graph.order > 1) {
    forceAtlas2.assign(graph, {
      iterations: 300,
      settings: { barnesHutOptimize: graph.order > 300, gravity: 3, scalingRatio: 10, slowDown: 4 },
    });
  }
  const discs = new Map(
    graph.mapNodes((id, { x, y }) => [id, { x, y, size: radii.get(id) ?? 0 }] as const),
  );
  // What hangs together is laid out by itself: forces would drive the parts far from each other.
  const parts = components(graph).map((ids) => ids.flatMap((id) => discs.get(id) ?? []));
  for (const part of parts) {
    scale(part);
    separate(part);
  }
  pack(parts);
  return discs;
}

/** The parts of a graph that hang together, the largest first, each in the graph's order. */
function components(graph: Graph): string[][] {
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const start of graph.nodes()) {
    if (seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (let index = 0; index < part.length; index++) {
      for (const id of graph.neighbors(part[index])) {
        if (!seen.has(id)) {
          seen.add(id);
          part.push(id);
        }
      }
    }
    found.push(part);
  }
  return found.sort((a, b) => b.length - a.length);
}

/** Put the first part in the middle, and the others in rows below it, as wide as it is. */
function pack(parts: readonly (readonly Disc[])[]): void {
  const [first, ...others] = parts;
  if (first === undefined) return;
  const main = bounds(first);
  const [left, wide] = [main.left, Math.max(main.right - main.left, 600)];
  let [x, y, tall] = [left, main.bottom + APART, 0];
  for (const part of others) {
    const box = bounds(part);
    const width = Math.max(box.right - box.left, NAME);
    if (x > left && x + width > left + wide) [x, y, tall] = [left, y + tall + APART, 0];
    for (const disc of part) {
      disc.x += x - box.left + (width - (box.right - box.left)) / 2;
      disc.y += y - box.top;
    }
    x += width + APART;
    tall = Math.max(tall, box.bottom - box.top);
  }
}

function bounds(discs: readonly Disc[]): { left: number; right: number; top: number; bottom: number } {
  return {
    left: Math.min(...discs.map(({ x, size }) => x - size)),
    right: Math.max(...discs.map(({ x, size }) => x + size)),
    top: Math.min(...discs.map(({ y, size }) => y - size)),
    bottom: Math.max(...discs.map(({ y, size }) => y + size)),
  };
}

/**
 * Stretch the layout to some multiple of the room that its nodes take: more for a few, which have
 * all their names beside them, less for many, which should not become dots.
 */
function scale(discs: readonly Disc[]): void {
  const room = 1 + 12 / Math.sqrt(discs.length);
  const covered = discs.reduce((sum, { size }) => sum + (2 * size + 2 * GAP) ** 2, 0);
  const squares = discs.reduce((sum, { x, y }) => sum + x * x + y * y, 0);
  const spread = Math.max(Math.sqrt(squares / discs.length), 1e-6);
  const factor = Math.sqrt(covered * room) / (2 * spread);
  for (const disc of discs) {
    disc.x *= factor;
    disc.y *= factor;
  }
}

/** Push nodes that touch apart, the smaller one farther, until none do. */
function separate(discs: readonly Disc[]): void {
  const cell = 2 * Math.max(...discs.map(({ size }) => size)) + GAP;
  for (let round = 0, touched = true; touched && round < MOST_ROUNDS; round++) {
    touched = false;
    const grid = new Map<string, number[]>();
    discs.forEach(({ x, y }, index) => {
      const key = `${Math.floor(x / cell)} ${Math.floor(y / cell)}`;
      grid.set(key, [...(grid.get(key) ?? []), index]);
    });
    discs.forEach((disc, index) => {
      for (const other of near(grid, cell, disc)) {
        const second = discs[other];
        if (second && other > index && push(disc, second)) touched = true;
      }
    });
  }
}

function* near(grid: ReadonlyMap<string, number[]>, cell: number, at: Point): Generator<number> {
  const [column, row] = [Math.floor(at.x / cell), Math.floor(at.y / cell)];
  for (let x = column - 1; x <= column + 1; x++) {
    for (let y = row - 1; y <= row + 1; y++) yield* grid.get(`${x} ${y}`) ?? [];
  }
}

function push(a: Disc, b: Disc): boolean {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const distance = Math.hypot(dx, dy);
  const missing = a.size + b.size + GAP - distance;
  if (missing < 0.5) return false;
  // Two on one spot part to the left and right.
  const [ux, uy] = distance > 0 ? [dx / distance, dy / distance] : [1, 0];
  const share = b.size / (a.size + b.size);
  a.x -= ux * missing * share;
  a.y -= uy * missing * share;
  b.x += ux * missing * (1 - share);
  b.y += uy * missing * (1 - share);
  return true;
}
