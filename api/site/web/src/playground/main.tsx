/** The playground: GraphiQL over this server's /graphql, the example documents as its tabs. */
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./playground.css";

import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { useMonaco } from "@graphiql/react";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";

import { type Example, examplesPlugin, variablesText } from "./examples";
import { RunsFirst, TabTitles } from "./tabs";

const STORED_TABS = "graphiql:tabState";

async function examples(): Promise<Example[]> {
  const response = await fetch("playground/examples.json");
  return response.ok ? response.json() : [];
}

const FLOATING = ["editorHoverWidget", "editorSuggestWidget", "editorWidget", "menu"];

/**
 * Keeps the editors from boxing typographic apostrophes and dashes, which news is full of, and has
 * comments in the dark stand out as far as everything else.
 */
function CalmEditors() {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    if (!monaco) return;
    monaco.editor.defineTheme("graphiql-DARK", {
      base: "vs-dark",
      inherit: true,
      colors: {
        "editor.background": "#ffffff00",
        "scrollbar.shadow": "#ffffff00",
        ...Object.fromEntries(FLOATING.map((part) => [`${part}.background`, "#212a3b"])),
      },
      rules: [
        { token: "argument.identifier.gql", foreground: "#908aff" },
        { token: "comment", foreground: "#85b36f" },
      ],
    });
    const calm = (editor: { updateOptions(options: object): void }) =>
      editor.updateOptions({
        unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
      });
    for (const editor of monaco.editor.getEditors()) calm(editor);
    const created = monaco.editor.onDidCreateEditor(calm);
    return () => created.dispose();
  }, [monaco]);
  return null;
}

/** The question in the address, as the site's lists link to it: a document and its variables. */
function asked(): Example | undefined {
  const given = new URLSearchParams(location.search);
  const query = given.get("query");
  if (!query) return undefined;
  let variables: Example["variables"] = null;
  try {
    variables = JSON.parse(given.get("variables") ?? "null");
  } catch {
    // What is no JSON is no variables; the editor shows the document all the same.
  }
  return { name: "", title: "", query, variables };
}

const linked = asked();
const found = [...(linked ? [linked] : []), ...(await examples())];
const [first] = found;
const questions = examplesPlugin(found.filter((one) => one !== linked));
const firstVisit = localStorage.getItem(STORED_TABS) === null;
const opened = linked ?? (firstVisit ? first : undefined);
const isExample = (query: string) => found.some((one) => one.query === query);
// Beside each other there is no room for the questions on a telephone.
const wide = matchMedia("(min-width: 48rem)").matches;
const root = document.getElementById("playground");
if (root === null) throw new Error("The page has no element with the id playground.");
createRoot(root).render(
  <GraphiQL
    fetcher={createGraphiQLFetcher({ url: new URL("graphql", document.baseURI).href })}
    defaultTabs={found.map((one) => ({ query: one.query, variables: variablesText(one) }))}
    // Tabs of an earlier visit stay; a question in the address is a tab beside them.
    initialQuery={firstVisit ? undefined : linked?.query}
    // GraphiQL fills the variables editor from the active tab except on the first visit.
    initialVariables={opened && variablesText(opened)}
    plugins={[HISTORY_PLUGIN, questions]}
    visiblePlugin={firstVisit && first && wide ? questions : undefined}
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>
      <CalmEditors />
      <TabTitles />
      <RunsFirst wanted={isExample} />
    </GraphiQL.Logo>
  </GraphiQL>,
);
