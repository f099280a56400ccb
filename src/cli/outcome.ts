// Outcome: what became of a file, and the words for it.

/**
 * filed: it is in the record. held: the health ID and the person do not fit, somebody has to look. duplicate: it is there already.
 * refused: the server will not have it. failed: the server could not be reached, or this machine could not read it.
 */
export type Outcome = 'filed' | 'held' | 'duplicate' | 'refused' | 'failed';

export interface Result {
  readonly file: string;
  readonly outcome: Outcome;
  /** Why, or where it is. */
  readonly detail: string;
}

/** Thrown for what the server will not have, with its own words. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** A run in which every file got somewhere ends with 0. */
export const isFine = ({ outcome }: Result): boolean =>
  outcome !== 'refused' && outcome !== 'failed';

/** The words of an OperationOutcome, or the status when there are none. */
export const wordsOf = (status: number, text: string): string => {
  const words = issuesOf(text)
    .map(({ diagnostics, details }) => diagnostics ?? details?.text)
    .filter((each) => each !== undefined);
  return words.length > 0 ? words.join(' ') : `The server answered ${String(status)}.`;
};

interface Issue {
  readonly diagnostics?: string;
  readonly details?: { readonly text?: string };
}

const issuesOf = (text: string): readonly Issue[] => {
  try {
    const { issue } = JSON.parse(text) as { readonly issue?: unknown };
    return Array.isArray(issue) ? (issue as readonly Issue[]) : [];
  } catch {
    return [];
  }
};

const order: readonly Outcome[] = ['filed', 'held', 'duplicate', 'refused', 'failed'];

/** A line for each file, and how many of each outcome. */
export const showResults = (results: readonly Result[]): string => {
  const width = Math.max(4, ...results.map(({ file }) => file.length));
  const rows = results.map(({ file, outcome, detail }) =>
    `${outcome.padEnd(9)}  ${file.padEnd(width)}  ${detail}`.trimEnd(),
  );
  const counts = order
    .map((outcome) => [outcome, results.filter((each) => each.outcome === outcome).length] as const)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${String(count)} ${outcome}`);
  return `${[...rows, '', counts.join(', ')].join('\n')}\n`;
};
