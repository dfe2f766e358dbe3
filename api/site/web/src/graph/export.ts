/** The picture as a file to keep: drawn anew as SVG, and from that as PNG. */
import type { Core } from "cytoscape";

import { placed } from "./labels";
import type { Network } from "./model";

const MARGIN = 40;
const FONT = 12.5;
const SCALE = 2;
const LARGEST = 8_000;

interface Drawn {
  text: string;
  width: number;
  height: number;
}

export function offerFiles(view: () => Core, network: () => Network, buttons: Record<"png" | "svg", HTMLElement>): void {
  buttons.svg.addEventListener("click", () => {
    save(address(draw(view(), network()).text), `${fileName(network())}.svg`);
  });
  buttons.png.addEventListener("click", async () => {
    save(await raster(draw(view(), network())), `${fileName(network())}.png`);
  });
}

function draw(view: Core, network: Network): Drawn {
  const { x1, y1, x2, y2 } = view.elements(":visible").boundingBox();
  const [left, top] = [x1 - MARGIN, y1 - MARGIN];
  const [width, height] = [Math.ceil(x2 - x1 + 2 * MARGIN), Math.ceil(y2 - y1 + 2 * MARGIN)];
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const parts: string[] = [];
  for (const edge of view.edges(":visible")) {
    const [from, to] = [edge.source().position(), edge.target().position()];
    parts.push(
      `<line x1="${n(from.x)}" y1="${n(from.y)}" x2="${n(to.x)}" y2="${n(to.y)}" stroke="${colour("--tie")}"/>`,
    );
  }
  for (const node of view.nodes(":visible")) {
    const { x, y } = node.position();
    parts.push(
      `<circle cx="${n(x)}" cy="${n(y)}" r="${n(node.data("width") / 2)}" fill="${node.data("colour")}"/>`,
    );
  }
  const measure = document.createElement("canvas").getContext("2d");
  if (measure) {
    measure.font = `${FONT}px sans-serif`;
    const spots = network.ranked
      .map((id) => view.getElementById(id))
      .filter((node) => node.nonempty() && node.visible())
      .map((node) => ({
        ...node.position(),
        reach: node.data("width") / 2,
        text: String(node.data("label")),
        node,
      }));
    for (const { text, x, top: y } of placed(spots, (words) => measure.measureText(words).width)) {
      parts.push(
        `<text x="${n(x)}" y="${n(y + FONT)}" stroke="${colour("--paper")}" stroke-width="3.5" paint-order="stroke">${escaped(text)}</text>`,
      );
    }
  }
  const text =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="${n(left)} ${n(top)} ${width} ${height}" font-family="sans-serif" font-size="${FONT}" ` +
    `text-anchor="middle" fill="${colour("--ink")}"><title>${escaped(network.picture.title)}</title>` +
    `<rect x="${n(left)}" y="${n(top)}" width="${width}" height="${height}" fill="${colour("--paper")}"/>` +
    `${parts.join("")}</svg>`;
  return { text, width, height };
}

async function raster({ text, width, height }: Drawn): Promise<string> {
  const image = new Image();
  image.src = address(text);
  await image.decode();
  const scale = Math.min(SCALE, LARGEST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

function address(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

function save(href: string, name: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
}

function fileName(network: Network): string {
  const plain = network.picture.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  return plain.slice(0, 60) || "graph";
}

function n(value: number): string {
  return value.toFixed(1);
}

function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
