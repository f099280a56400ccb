// Draft: a prescription that is being written: its medicines, and how they are changed. What was changed is sent as something new.

import { newLine, type Line } from './line.ts';

export interface Draft {
  /** A UUID. */
  readonly group: string;
  readonly lines: readonly Line[];
}

export const newDraft = (newKey: () => string): Draft => ({
  group: newKey(),
  lines: [newLine(newKey())],
});

export const withLine = (draft: Draft, newKey: () => string): Draft => ({
  ...draft,
  lines: [...draft.lines, newLine(newKey())],
});

export const withoutLine = (draft: Draft, place: number): Draft => ({
  ...draft,
  lines: draft.lines.filter((_, index) => index !== place),
});

/** It gets another key: what was sent before, and may have arrived, is not taken for it. */
export const changed = (
  draft: Draft,
  { place, line }: { readonly place: number; readonly line: Line },
  newKey: () => string,
): Draft => ({
  ...draft,
  lines: draft.lines.map((each, index) => (index === place ? { ...line, key: newKey() } : each)),
});
