/** A panel beside the editor that lists the example documents by the question each answers. */
import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useState } from "react";

export interface Example {
  name: string;
  title: string;
  query: string;
  variables: Record<string, unknown> | null;
}

/** As the variables editor shows them; empty where the document takes none. */
export function variablesText({ variables }: Example): string {
  return variables === null ? "" : JSON.stringify(variables, null, 2);
}

function QuestionIcon() {
  return (
    <svg height="1em" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5">
      <title>Questions</title>
      <path d="M4 5h16v11H11l-5 4v-4H4z" strokeLinejoin="round" />
      <path d="M8 9h8M8 12h5" strokeLinecap="round" />
    </svg>
  );
}

function Questions({ examples }: { examples: readonly Example[] }) {
  const { addTab, changeTab } = useGraphiQLActions();
  const tabs = useGraphiQL((state) => state.tabs);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const [pending, setPending] = useState<Example | null>(null);

  // A new tab empties the editors; they are filled after it, so that the text lands in that tab.
  useEffect(() => {
    if (pending === null) return;
    queryEditor?.setValue(pending.query);
    variableEditor?.setValue(variablesText(pending));
    setPending(null);
  }, [pending, queryEditor, variableEditor]);

  const open = (example: Example) => {
    const index = tabs.findIndex((tab) => tab.query === example.query);
    if (index >= 0) {
      changeTab(index);
    } else {
      addTab();
      setPending(example);
    }
  };

  return (
    <section className="questions" aria-label="Questions">
      <div className="questions-title">Questions</div>
      <ul>
        {examples.map((example) => (
          <li key={example.name}>
            <button type="button" onClick={() => open(example)}>
              {example.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function examplesPlugin(examples: readonly Example[]): GraphiQLPlugin {
  return {
    title: "Questions",
    icon: QuestionIcon,
    content: () => <Questions examples={examples} />,
  };
}
