/** The picture as the page carries it; api/site/picture.py writes the same shape. */

export interface Kind {
  name: string;
  label: string;
  colour: string;
  icon: string;
}

export interface Passage {
  /** The id of a text of the picture. */
  text: string;
  /** Half-open spans of the text, in Unicode code points. */
  spans: readonly (readonly [number, number])[];
}

export interface PictureNode {
  id: string;
  kind: string;
  label: string;
  /** Importance: how many things of the graph hang on the node. */
  size: number;
  quote: string;
  details: readonly (readonly [string, string])[];
  href: string;
  passages: readonly Passage[];
}

export interface PictureEdge {
  source: string;
  target: string;
  type: string;
}

export interface PictureText {
  id: string;
  title: string;
  byline: string;
  text: string;
  href: string;
}

export interface Picture {
  title: string;
  note: string;
  focus: string | null;
  /** Address of the picture about a node, less the node's id; empty in a file of its own. */
  explore: string;
  kinds: readonly Kind[];
  nodes: readonly PictureNode[];
  edges: readonly PictureEdge[];
  texts: readonly PictureText[];
}

/** A picture with its ways of looking a part up. Edges to absent nodes are left out. */
export class Network {
  readonly nodes: ReadonlyMap<string, PictureNode>;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly texts: ReadonlyMap<string, PictureText>;
  readonly edges: readonly PictureEdge[];
  /** Node ids, the most important first: the focus, then by size, degree and id. */
  readonly ranked: readonly string[];
  private readonly byNode = new Map<string, PictureEdge[]>();

  constructor(readonly picture: Picture) {
    this.nodes = new Map(picture.nodes.map((node) => [node.id, node]));
    this.kinds = new Map(picture.kinds.map((kind) => [kind.name, kind]));
    this.texts = new Map(picture.texts.map((text) => [text.id, text]));
    this.edges = picture.edges.filter(
      ({ source, target }) => this.nodes.has(source) && this.nodes.has(target),
    );
    for (const edge of this.edges) {
      for (const id of new Set([edge.source, edge.target])) {
        const known = this.byNode.get(id);
        if (known) known.push(edge);
        else this.byNode.set(id, [edge]);
      }
    }
    const weight = (node: PictureNode) =>
      node.id === picture.focus ? Number.POSITIVE_INFINITY : node.size;
    this.ranked = [...this.nodes.values()]
      .sort(
        (a, b) =>
          compare(weight(b), weight(a)) ||
          this.edgesOf(b.id).length - this.edgesOf(a.id).length ||
          compare(a.id, b.id),
      )
      .map((node) => node.id);
  }

  /** This network and what another picture adds to it. */
  with(other: Picture): Network {
    const known = <T>(items: readonly T[], more: readonly T[], key: (item: T) => string): T[] => [
      ...new Map([...more, ...items].map((item) => [key(item), item])).values(),
    ];
    return new Network({
      ...this.picture,
      nodes: known(this.picture.nodes, other.nodes, ({ id }) => id),
      texts: known(this.picture.texts, other.texts, ({ id }) => id),
      edges: known(this.picture.edges, other.edges, (edge) => JSON.stringify(edge)),
    });
  }

  edgesOf(id: string): readonly PictureEdge[] {
    return this.byNode.get(id) ?? [];
  }
}

/** Order by value, and strings by code unit, so that a picture is the same in every locale. */
function compare<T>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The picture: a file holds it, a page says where it is. */
export async function readPicture(): Promise<Picture> {
  const holder = document.getElementById("picture");
  if (holder?.dataset.src) {
    const response = await fetch(holder.dataset.src);
    if (!response.ok) throw new Error(`The picture cannot be had (${response.status}).`);
    return response.json();
  }
  if (!holder?.textContent) throw new Error("The page carries no picture.");
  return JSON.parse(holder.textContent);
}

/** `ATTRIBUTED_TO` as a person reads it. */
export function spoken(type: string): string {
  return type.toLowerCase().replaceAll("_", " ");
}

/** The address if it is one to follow: http, https, or of this site. */
export function safeHref(href: string): string | null {
  if (!href) return null;
  try {
    const { protocol } = new URL(href, document.baseURI);
    const own = protocol === window.location.protocol && !/^[a-z][a-z0-9+.-]*:/i.test(href);
    return own || protocol === "http:" || protocol === "https:" ? href : null;
  } catch {
    return null;
  }
}
