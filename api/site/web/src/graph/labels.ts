/**
 * Names beside the nodes, drawn over the picture in one size whatever the zoom: the most important
 * first, and none where it would cover another or a more important node.
 */
import type { Core, NodeSingular } from "cytoscape";

const FONT = 12.5;
const LONGEST = 34;

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Boxes put on a grid, so that a new one is compared with its neighbours only. */
class Occupied {
  private readonly cells = new Map<string, Box[]>();
  private readonly cell = 80;

  private *keys(box: Box): Generator<string> {
    for (let x = Math.floor(box.left / this.cell); x <= box.right / this.cell; x++) {
      for (let y = Math.floor(box.top / this.cell); y <= box.bottom / this.cell; y++) {
        yield `${x} ${y}`;
      }
    }
  }

  isFree(box: Box): boolean {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (
          box.left < other.right &&
          box.right > other.left &&
          box.top < other.bottom &&
          box.bottom > other.top
        ) {
          return false;
        }
      }
    }
    return true;
  }

  add(box: Box): void {
    for (const key of this.keys(box)) {
      const known = this.cells.get(key);
      if (known) known.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

export function shortened(label: string): string {
  const characters = [...label];
  return characters.length > LONGEST
    ? `${characters.slice(0, LONGEST - 1).join("").trimEnd()}…`
    : label;
}

export interface Spot {
  x: number;
  y: number;
  /** The radius of the node there. */
  reach: number;
  text: string;
}

/** The names that find room, below their nodes, of spots in the order of their importance. */
export function placed<T extends Spot>(
  spots: readonly T[],
  width: (text: string) => number,
): (T & { top: number })[] {
  const occupied = new Occupied();
  const found: (T & { top: number })[] = [];
  for (const spot of spots) {
    const text = shortened(spot.text);
    const half = width(text) / 2 + 3;
    const top = spot.y + spot.reach + 3;
    const box = { left: spot.x - half, right: spot.x + half, top, bottom: top + FONT + 4 };
    if (occupied.isFree(box)) {
      occupied.add(box);
      found.push({ ...spot, text, top });
    }
    occupied.add({
      left: spot.x - spot.reach * 0.8,
      right: spot.x + spot.reach * 0.8,
      top: spot.y - spot.reach * 0.8,
      bottom: spot.y + spot.reach * 0.8,
    });
  }
  return found;
}

export class Labels {
  private readonly canvas = document.createElement("canvas");
  private readonly widths = new Map<string, number>();

  /**
   * @param ranked node ids, the most important first
   * @param font a CSS font family
   */
  constructor(
    private readonly view: Core,
    private readonly ranked: readonly string[],
    private readonly font: string,
  ) {
    this.canvas.className = "labels";
    this.canvas.setAttribute("aria-hidden", "true");
    view.container()?.append(this.canvas);
    view.on("render", () => this.draw());
  }

  draw(): void {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [this.view.width(), this.view.height()];
    if (this.canvas.width !== width * ratio || this.canvas.height !== height * ratio) {
      this.canvas.width = width * ratio;
      this.canvas.height = height * ratio;
    }
    const context = this.canvas.getContext("2d");
    if (context === null) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = `${FONT}px ${this.font}`;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    const style = getComputedStyle(this.canvas);
    const [ink, paper] = [style.color, style.getPropertyValue("--paper")];

    const visible = this.byImportance().filter((node) => {
      const { x1, x2, y1, y2 } = node.renderedBoundingBox({ includeLabels: false });
      return x2 > 0 && y2 > 0 && x1 < width && y1 < height;
    });
    const spots = visible.map((node) => ({
      ...node.renderedPosition(),
      reach: node.renderedWidth() / 2,
      text: String(node.data("label")),
      node,
    }));
    for (const { node, text, x, top } of placed(spots, (words) => this.width(context, words))) {
      context.globalAlpha = node.hasClass("faded") ? 0.25 : 1;
      context.lineWidth = 3.5;
      context.strokeStyle = paper;
      context.strokeText(text, x, top + 1);
      context.fillStyle = ink;
      context.fillText(text, x, top + 1);
    }
  }

  /** What is looked at comes before its neighbours, and these before the rest. */
  private byImportance(): NodeSingular[] {
    const shown = this.ranked
      .map((id) => this.view.getElementById(id) as NodeSingular)
      .filter((node) => node.visible());
    const chosen = shown.filter((node) => node.hasClass("chosen"));
    const near = shown.filter((node) => node.hasClass("near") && !node.hasClass("chosen"));
    const rest = shown.filter((node) => !node.hasClass("near") && !node.hasClass("chosen"));
    return [...chosen, ...near, ...rest];
  }

  private width(context: CanvasRenderingContext2D, text: string): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      width = context.measureText(text).width;
      this.widths.set(text, width);
    }
    return width;
  }
}
