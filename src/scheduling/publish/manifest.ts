// manifest: what $bulk-publish lists: for each state its places and Schedules, and its Slots week by week.
// https://build.fhir.org/ig/HL7/smart-scheduling-links/en/specification.html#manifest-file

import type { Region } from './regions.ts';

/** How far ahead times are published. */
export const publishedWeeks = 4;
/** Of how many Schedules one file holds the Slots. */
export const schedulesInFile = 20;

export const manifestOf = (
  regions: readonly Region[],
  { base, at }: { readonly base: string; readonly at: number },
): object => ({
  transactionTime: new Date(at).toISOString(),
  request: `${base}/$bulk-publish`,
  requiresAccessToken: false,
  output: regions.flatMap((region) => filesOf(region, base, at)),
  error: [],
});

const filesOf = ({ state, schedules }: Region, base: string, at: number): readonly object[] => {
  const extension = state === '' ? {} : { extension: { state: [state] } };
  const file = (type: string, query: Readonly<Record<string, string>>): object => ({
    type,
    url: `${base}/${type}/$published?${new URLSearchParams({ state, ...query }).toString()}`,
    ...extension,
  });
  const parts = Array.from({ length: Math.ceil(schedules.length / schedulesInFile) }, (_, n) =>
    weeksFrom(at).map((from) => file('Slot', { part: String(n + 1), from })),
  );
  return [file('Location', {}), file('Schedule', {}), ...parts.flat()];
};

/** First days, in UTC, today being the first of them. */
const weeksFrom = (at: number): readonly string[] =>
  Array.from({ length: publishedWeeks }, (_, week) =>
    new Date(at + week * weekMilliseconds).toISOString().slice(0, 10),
  );

export const weekMilliseconds = 7 * 86_400_000;
