/** What is known about the node that was chosen, and its ways on. */
import { byId, dot, element, fill } from "./dom";
import { type Network, type PictureNode, safeHref, spoken } from "./model";

const MOST_NEIGHBOURS = 40;

export interface Actions {
  choose(id: string): void;
  clear(): void;
  read(text: string, node: PictureNode): void;
  expand(id: string): void;
}

export function showPanel(network: Network, id: string | null, actions: Actions): void {
  const panel = byId("panel");
  const node = id === null ? undefined : network.nodes.get(id);
  panel.hidden = node === undefined;
  if (node === undefined) return;
  const kind = network.kinds.get(node.kind);
  const close = element("button", { type: "button", class: "close", ariaLabel: "Close" }, "×");
  close.addEventListener("click", () => actions.clear());
  fill(
    panel,
    close,
    element("p", { class: "kind" }, dot(kind?.colour ?? "gray"), kind?.label ?? node.kind),
    element("h2", {}, node.label),
    node.quote ? element("blockquote", {}, node.quote) : null,
    ways(network, node, actions),
    details(node),
    ...neighbours(network, node, actions),
  );
  panel.scrollTop = 0;
}

function ways(network: Network, node: PictureNode, actions: Actions): HTMLElement | null {
  const list = element("div", { class: "ways" });
  for (const passage of node.passages) {
    const text = network.texts.get(passage.text);
    if (!text) continue;
    const read = element("button", { type: "button", class: "read" }, "Read it in the article");
    read.title = text.title;
    read.addEventListener("click", () => actions.read(passage.text, node));
    list.append(read);
  }
  const href = safeHref(node.href);
  if (href) list.append(element("a", { href }, "Open page"));
  const explore = safeHref(network.picture.explore);
  if (explore && node.id !== network.picture.focus) {
    const about = `${explore}${encodeURIComponent(node.id)}`;
    const expand = element("button", { type: "button", class: "read" }, "Show what hangs on it");
    expand.addEventListener("click", () => actions.expand(node.id));
    list.append(expand, element("a", { href: about }, "Centre the graph here"));
  }
  return list.childElementCount ? list : null;
}

function details(node: PictureNode): HTMLElement | null {
  if (node.details.length === 0) return null;
  const list = element("dl");
  for (const [name, value] of node.details) {
    list.append(element("dt", {}, name), element("dd", {}, value));
  }
  return list;
}

/** One list for each type and direction of relationship, the most important neighbours first. */
function neighbours(network: Network, node: PictureNode, actions: Actions): HTMLElement[] {
  const groups = new Map<string, Set<string>>();
  for (const { source, target, type } of network.edgesOf(node.id)) {
    const outward = source === node.id;
    const title = outward ? `${spoken(type)} →` : `← ${spoken(type)}`;
    const members = groups.get(title) ?? new Set();
    groups.set(title, members.add(outward ? target : source));
  }
  const rank = new Map(network.ranked.map((id, index) => [id, index]));
  return [...groups].sort().map(([title, members]) => {
    const ids = [...members].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
    const list = element("ul");
    for (const id of ids.slice(0, MOST_NEIGHBOURS)) {
      list.append(element("li", {}, nodeButton(network, id, actions.choose)));
    }
    const more = ids.length - MOST_NEIGHBOURS;
    if (more > 0) list.append(element("li", { class: "more" }, `and ${more} more`));
    return element("section", {}, element("h3", {}, `${title} `, count(ids.length)), list);
  });
}

export function nodeButton(
  network: Network,
  id: string,
  choose: (id: string) => void,
): HTMLElement {
  const node = network.nodes.get(id);
  const kind = node && network.kinds.get(node.kind);
  const button = element(
    "button",
    { type: "button", class: "node" },
    dot(kind?.colour ?? "gray"),
    element("span", {}, node?.label ?? id),
  );
  button.title = node?.label ?? id;
  button.addEventListener("click", () => choose(id));
  return button;
}

export function count(number: number): HTMLElement {
  return element("span", { class: "count" }, number.toLocaleString("en"));
}
