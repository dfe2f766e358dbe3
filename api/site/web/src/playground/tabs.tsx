/** What GraphiQL leaves open about its tabs: titles that say what is asked, and a first answer. */
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useRef } from "react";

/** The comment that the document begins with. */
export function titleOf(query: string | null): string | undefined {
  return query?.match(/^\s*#+[ \t]*(\S.*)/)?.[1]?.trim();
}

/**
 * Has each tab show its document's first comment instead of the operation's name.
 *
 * GraphiQL names tabs by their operation and by nothing else. React replaces the text of a tab when
 * the operation's name changes, and only then; after each change of the tabs it is set again.
 *
 * To assistive technology they are a list of buttons: a tab must not hold buttons of its own, as
 * GraphiQL's do.
 */
export function TabTitles() {
  const tabs = useGraphiQL((state) => state.tabs);
  const active = useGraphiQL((state) => state.activeTabIndex);
  useEffect(() => {
    const list = document.querySelector(".graphiql-tabs");
    list?.removeAttribute("role");
    list?.querySelectorAll(".graphiql-tab").forEach((item, index) => {
      item.removeAttribute("role");
      item.removeAttribute("aria-selected");
      const button = item.querySelector<HTMLElement>(".graphiql-tab-button");
      const tab = tabs[index];
      const text = button?.firstChild;
      if (!button || !tab || !text) return;
      button.setAttribute("aria-current", String(index === active));
      const title = titleOf(tab.query) ?? tab.title;
      if (text.nodeValue !== title) text.nodeValue = title;
      button.title = title;
    });
  }, [tabs, active]);
  return null;
}

/** Runs the open tab once the editors are there, if it is `wanted`. */
export function RunsFirst({ wanted }: { wanted: (query: string) => boolean }) {
  const { run } = useGraphiQLActions();
  const editors = useGraphiQL((state) => [
    state.queryEditor,
    state.variableEditor,
    state.responseEditor,
    state.schema,
  ]);
  const query = useGraphiQL((state) => state.queryEditor?.getValue());
  const done = useRef(false);
  useEffect(() => {
    if (done.current || !editors.every(Boolean) || !query) return;
    done.current = true;
    if (wanted(query)) run();
  });
  return null;
}
