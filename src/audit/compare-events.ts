// Compare events: the AuditEvents in the store with the rows of the journal they were made of.

import { isObject } from '../fhir/resource.ts';
import type { Store } from '../store/port.ts';
import { eventId } from './event-id.ts';
import type { Place } from './ingest.ts';
import type { Row } from './row.ts';

export interface Compared {
  readonly each: (chain: string, row: Row) => Promise<void>;
  /** Sentences of what is not as the journal says. */
  readonly end: () => Promise<readonly string[]>;
  readonly count: () => number;
}

interface Expected {
  readonly name: string;
  readonly id: string;
  readonly recorded: string;
  readonly user: string | undefined;
}

const atOnce = 200;

/** Every row up to the place has a first event, which nobody has changed: of time and person it says what the row says. */
export const compareEvents = (store: Store, place: Place | undefined): Compared => {
  const faults: string[] = [];
  let expected: Expected[] = [];
  let count = 0;

  const check = async (): Promise<void> => {
    const keys = expected.map(({ id }) => ({ type: 'AuditEvent', id }));
    const found = await store.resources.read(keys);
    for (const [at, each] of expected.entries()) {
      const version = found[at];
      if (!version) faults.push(`AuditEvent/${each.id} of row ${each.name} is missing.`);
      else if (version.version !== '1' || !fits(version.text, each))
        faults.push(`AuditEvent/${each.id} is not what row ${each.name} says.`);
    }
    count += expected.length;
    expected = [];
  };
  return {
    each: async (chain, row) => {
      if (!isBefore(chain, row.n, place)) return;
      const id = eventId({ chain, n: row.n, t: row.t }, 0);
      const recorded = new Date(row.t).toISOString();
      expected.push({ name: `${chain}/${String(row.n)}`, id, recorded, user: row.w?.u });
      if (expected.length >= atOnce) await check();
    },
    end: async () => {
      await check();
      return faults;
    },
    count: () => count,
  };
};

/** What comes after the place waits to be brought in. */
const isBefore = (chain: string, n: number, place: Place | undefined): boolean =>
  place !== undefined && (chain < place.chain || (chain === place.chain && n <= place.n));

const fits = (text: string, { recorded, user }: Expected): boolean => {
  const event: unknown = JSON.parse(text);
  if (!isObject(event) || event['recorded'] !== recorded) return false;
  const agents: readonly unknown[] = Array.isArray(event['agent']) ? event['agent'] : [];
  const named = agents.filter(isObject).find((agent) => agent['requestor'] === true);
  return user === undefined || named?.['altId'] === user;
};
