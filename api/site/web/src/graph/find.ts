/** A box to find a node by part of its name; empty, it lists the most important nodes. */
import { byId, element, fill } from "./dom";
import type { Network } from "./model";
import { nodeButton } from "./panel";

const SHOWN = 12;

/** Without case and accents, as people type. */
function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

export function showFinder(network: Network, choose: (id: string) => void): void {
  const input = byId("find") as HTMLInputElement;
  const results = byId("found");
  const names = network.ranked.map((id) => ({
    id,
    name: folded(`${network.nodes.get(id)?.label} ${network.nodes.get(id)?.quote}`),
  }));
  let found: string[] = [];
  const update = () => {
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    found = names.filter(({ name }) => words.every((word) => name.includes(word))).map(({ id }) => id);
    const buttons = found
      .slice(0, SHOWN)
      .map((id) => element("li", {}, nodeButton(network, id, choose)));
    const more = found.length - SHOWN;
    fill(
      results,
      ...buttons,
      found.length === 0 ? element("li", { class: "more" }, "No matches.") : null,
      words.length > 0 && more > 0 ? element("li", { class: "more" }, `and ${more} more`) : null,
    );
  };
  input.addEventListener("input", update);
  input.addEventListener("keydown", (event) => {
    const [first] = found;
    if (event.key === "Enter" && first !== undefined) choose(first);
  });
  update();
}
