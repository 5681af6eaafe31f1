/** The page: what is chosen, what is left of it, and the view of that. */
import { render } from "preact";
import { useMemo } from "preact/hooks";
import { chosen, prepared } from "./choosing";
import { read, type Report } from "./data";
import { Shell } from "./shell";
import { useAddress } from "./state";

function Page({ report }: { report: Report }) {
  const [state, go] = useAddress();
  const roots = useMemo(() => prepared(report), [report]);
  const left = useMemo(() => chosen(roots, state), [roots, state.facets, state.search]);
  return <Shell {...{ report, roots, left, state, go }} />;
}

const place = document.getElementById("page")!;
place.textContent = "";
render(<Page report={read()} />, place);
// When the first rows are drawn and a click would be answered.
requestAnimationFrame(() => setTimeout(() => performance.mark("usable")));
