/** Of a long table only the rows that are seen are in the document; keys reach the others, too. */
import { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from "@tanstack/virtual-core";
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef } from "preact/hooks";

type Scroller = { current: HTMLElement | null };

const ROW = 38;

/** Which rows are to be in the document, and how much room those before and after them take. */
export function useVisible(total: number, scroller: Scroller) {
  const [, again] = useReducer((times: number) => times + 1, 0);
  const options = {
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: ROW * 2,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => again(0),
  };
  const virtual = useMemo(() => new Virtualizer<HTMLElement, HTMLElement>(options), []);
  virtual.setOptions(options);
  useLayoutEffect(() => virtual._didMount(), []);
  useLayoutEffect(() => virtual._willUpdate());
  const printing = usePrinting();
  const items = virtual.getVirtualItems();
  if (printing || !items.length)
    return { virtual, first: 0, last: printing ? total : Math.min(total, 60), before: 0, after: 0 };
  const first = items[0]!.index;
  const last = items[items.length - 1]!.index + 1;
  return { virtual, first, last, before: first * ROW, after: (total - last) * ROW };
}

/** Whether the page is being printed: then all rows are needed. */
function usePrinting(): boolean {
  const printing = useRef(false);
  const [, again] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    const media = matchMedia("print");
    const changed = () => {
      printing.current = media.matches;
      again(0);
    };
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  }, []);
  return printing.current;
}

/**
 * Focus on a row by its number, drawn or not.
 *
 * A row that is not in the document yet gets the focus once it is. Until then the scroller holds it,
 * so that keys that come faster than rows are drawn go on from the row that was asked for.
 */
export function useReach(scroller: Scroller, virtual: Virtualizer<HTMLElement, HTMLElement>) {
  const wanted = useRef<number | undefined>(undefined);
  const focus = () => {
    const row = `tr[data-index="${wanted.current}"]`;
    const found = scroller.current?.querySelector<HTMLElement>(`${row} a, ${row} button`);
    (found ?? scroller.current)?.focus({ preventScroll: true });
  };
  useLayoutEffect(() => {
    if (wanted.current !== undefined) focus();
  });
  return {
    /** The row from which a key moves. */
    from: (target: HTMLElement): number | undefined => {
      if (wanted.current !== undefined) return wanted.current;
      const row = target.closest<HTMLElement>("tr[data-index]");
      return row ? Number(row.dataset.index) : undefined;
    },
    to: (row: number) => {
      wanted.current = row;
      virtual.scrollToIndex(row);
      focus();
    },
    /** The focus is on a row or a heading: nothing is waited for. */
    moved: (event: FocusEvent) => {
      if (event.target !== scroller.current) wanted.current = undefined;
    },
    /** The focus is elsewhere on the page, and stays there. */
    left: (event: FocusEvent) => {
      if (!scroller.current?.contains(event.relatedTarget as Node | null)) wanted.current = undefined;
    },
  };
}
