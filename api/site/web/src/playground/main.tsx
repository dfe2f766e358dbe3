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

const STORED_TABS = "graphiql:tabState";

async function examples(): Promise<Example[]> {
  const response = await fetch("playground/examples.json");
  return response.ok ? response.json() : [];
}

/** Keeps the editors from boxing typographic apostrophes and dashes, which news is full of. */
function CalmEditors() {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    if (!monaco) return;
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

const found = await examples();
const [first] = found;
const questions = examplesPlugin(found);
const firstVisit = localStorage.getItem(STORED_TABS) === null;
const root = document.getElementById("playground");
if (root === null) throw new Error("The page has no element with the id playground.");
createRoot(root).render(
  <GraphiQL
    fetcher={createGraphiQLFetcher({ url: new URL("graphql", document.baseURI).href })}
    defaultTabs={found.map((one) => ({ query: one.query, variables: variablesText(one) }))}
    // GraphiQL fills the variables editor from the active tab except on the first visit.
    initialVariables={first && firstVisit ? variablesText(first) : undefined}
    plugins={[HISTORY_PLUGIN, questions]}
    visiblePlugin={firstVisit && first ? questions : undefined}
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>
      <CalmEditors />
    </GraphiQL.Logo>
  </GraphiQL>,
);
