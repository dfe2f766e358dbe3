/** An article's text over the picture, with the statement that was asked for in sight. */
import { byId, element, fill } from "./dom";
import { type Network, type PictureNode, safeHref } from "./model";

interface Mark {
  start: number;
  end: number;
  node: PictureNode;
}

/**
 * The text cut at every start and end of a mark: pieces of code points, each with the marks over
 * it, so that marks may lie in or across each other.
 */
export function pieces(
  text: string,
  marks: readonly Mark[],
): { text: string; start: number; marks: Mark[] }[] {
  const characters = [...text];
  const inside = (offset: number) => Math.min(Math.max(offset, 0), characters.length);
  const cuts = new Set([0, characters.length]);
  for (const { start, end } of marks) cuts.add(inside(start)).add(inside(end));
  const offsets = [...cuts].sort((a, b) => a - b);
  return offsets.slice(0, -1).map((start, index) => ({
    text: characters.slice(start, offsets[index + 1]).join(""),
    start,
    marks: marks.filter((mark) => mark.start <= start && start < mark.end),
  }));
}

export class Reader {
  private readonly dialog = byId("reader") as HTMLDialogElement;

  constructor(
    private readonly network: Network,
    private readonly choose: (id: string) => void,
  ) {
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  open(textId: string, chosen: PictureNode): void {
    const text = this.network.texts.get(textId);
    if (!text) return;
    const marks: Mark[] = this.network.picture.nodes.flatMap((node) =>
      node.passages
        .filter((passage) => passage.text === textId)
        .flatMap(({ spans }) => spans.map(([start, end]) => ({ start, end, node }))),
    );
    const body = element("div", { class: "article" });
    for (const piece of pieces(text.text, marks)) {
      // The shortest of the marks over a piece is the innermost: a click means that one.
      const [innermost] = [...piece.marks].sort((a, b) => a.end - a.start - (b.end - b.start));
      if (!innermost) {
        body.append(piece.text);
        continue;
      }
      const strong = piece.marks.some((mark) => mark.node.id === chosen.id);
      const mark = element("mark", { class: strong ? "strong" : "" }, piece.text);
      mark.title = innermost.node.label;
      if (!strong) {
        mark.addEventListener("click", () => {
          this.choose(innermost.node.id);
          this.open(textId, innermost.node);
        });
      }
      body.append(mark);
    }
    const href = safeHref(text.href);
    const close = element("button", { type: "button", class: "close", ariaLabel: "Close" }, "×");
    close.addEventListener("click", () => this.dialog.close());
    fill(
      this.dialog,
      element(
        "header",
        {},
        element("div", {}, element("h2", {}, text.title), element("p", {}, text.byline)),
        href ? element("a", { href }, "Open article page") : null,
        close,
      ),
      body,
    );
    if (!this.dialog.open) this.dialog.showModal();
    body.querySelector("mark.strong")?.scrollIntoView({ block: "center" });
  }
}
