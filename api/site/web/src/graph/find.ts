/**
 * A box to find a node by part of its name; empty, it lists the most important nodes. On a page of
 * the API, what is found in the rest of the graph follows.
 */
import { byId, element, fill } from "./dom";
import type { Network } from "./model";
import { nodeButton } from "./panel";

const SHOWN = 12;
const PAUSE = 250;
const SHORTEST = 2;
const SEARCH = `query Find($text: String!) {
  search(text: $text, types: [PERSON, ORGANIZATION, OUTLET, COUNTRY, DOCUMENT, ARTICLE], first: 8, meaning: false) {
    nodes {
      id
      ... on Person { name }
      ... on AnyOrganization { name }
      ... on Country { name }
      ... on Document { name }
      ... on Article { title }
    }
  }
}`;

interface Elsewhere {
  id: string;
  name?: string;
  title?: string | null;
}

/** What the whole graph has by these words; nothing where it cannot be asked. */
async function elsewhere(address: string, text: string): Promise<Elsewhere[]> {
  const query = new URLSearchParams({ query: SEARCH, variables: JSON.stringify({ text }) });
  const response = await fetch(`${address}?${query}`, {
    headers: { Accept: "application/graphql-response+json" },
  });
  if (!response.ok) return [];
  const answer = await response.json();
  return answer.data?.search.nodes ?? [];
}

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
  let waiting: number | undefined;
  const { explore } = network.picture;
  const more = async () => {
    const text = input.value.trim();
    if (text.length < SHORTEST || !explore) return;
    const things = await elsewhere(explore.replace("/graph?about=", "/graphql"), text);
    const others = things.filter(({ id }) => !network.nodes.has(id));
    if (input.value.trim() !== text || others.length === 0) return;
    results.append(element("li", { class: "more" }, "In the rest of the graph"));
    for (const { id, name, title } of others) {
      const href = `${explore}${encodeURIComponent(id)}`;
      results.append(element("li", {}, element("a", { href, class: "node" }, name ?? title ?? id)));
    }
  };
  const update = () => {
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    found = names.filter(({ name }) => words.every((word) => name.includes(word))).map(({ id }) => id);
    const buttons = found
      .slice(0, SHOWN)
      .map((id) => element("li", {}, nodeButton(network, id, choose)));
    const rest = found.length - SHOWN;
    fill(
      results,
      ...buttons,
      found.length === 0 ? element("li", { class: "more" }, "No matches.") : null,
      words.length > 0 && rest > 0 ? element("li", { class: "more" }, `and ${rest} more`) : null,
    );
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void more(), PAUSE);
  };
  input.oninput = update;
  input.onkeydown = (event) => {
    const [first] = found;
    if (event.key === "Enter" && first !== undefined) choose(first);
  };
  update();
}
