/** Making elements. Text only ever enters a page as text, never as markup. */
type Child = Node | string | null;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<Omit<HTMLElementTagNameMap[K], "style">> & { class?: string } = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  const { class: className, ...rest } = properties;
  if (className) made.className = className;
  Object.assign(made, rest);
  fill(made, ...children);
  return made;
}

/** Replace what `parent` holds; a null stands for nothing. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren(...children.filter((child) => child !== null));
}

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element with the id ${id}.`);
  return found;
}

export function dot(colour: string): HTMLElement {
  const made = element("span", { class: "dot" });
  made.style.background = colour;
  return made;
}
