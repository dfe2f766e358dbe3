/** Which kinds of thing and of relationship there are, how many, and whether they are shown. */
import { byId, dot, element, fill } from "./dom";
import { count } from "./panel";
import { type Network, spoken } from "./model";

export interface Hidden {
  kinds: ReadonlySet<string>;
  types: ReadonlySet<string>;
}

export function showLegend(network: Network, changed: (hidden: Hidden) => void): void {
  const hidden = { kinds: new Set<string>(), types: new Set<string>() };
  const box = (set: Set<string>, name: string, label: string, number: number, colour?: string) => {
    const input = element("input", { type: "checkbox", checked: true });
    input.addEventListener("change", () => {
      if (input.checked) set.delete(name);
      else set.add(name);
      changed(hidden);
    });
    return element("label", {}, input, colour ? dot(colour) : null, label, " ", count(number));
  };
  const kinds = tally(network.picture.nodes.map((node) => node.kind));
  const types = tally(network.edges.map((edge) => edge.type));
  const inOrder = network.picture.kinds.filter((kind) => kinds.has(kind.name));
  fill(
    byId("legend"),
    element(
      "fieldset",
      {},
      element("legend", {}, "Nodes"),
      ...inOrder.map((kind) =>
        box(hidden.kinds, kind.name, kind.label, kinds.get(kind.name) ?? 0, kind.colour),
      ),
    ),
    element(
      "fieldset",
      {},
      element("legend", {}, "Relationships"),
      ...[...types].sort().map(([type, number]) => box(hidden.types, type, spoken(type), number)),
    ),
  );
}

function tally(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
