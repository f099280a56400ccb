// Store rows: rows as AuditEvents into the resource store, each once, whatever stops the process in between.

import type { Resource } from '../fhir/resource.ts';
import type { Registry } from '../search/registry.ts';
import { Conflict, type Change, type ResourceStore } from '../store/port.ts';
import { eventId } from './event-id.ts';
import { accessEvents, namesIn, type PatientsOf } from './events/access-events.ts';
import { createNamePeople } from './events/name-people.ts';
import type { Scene } from './events/parties.ts';
import { reportEvent } from './events/report-event.ts';
import { isReport, type Row } from './row.ts';
import { createSubjects } from './subjects.ts';

/** `rest` is called between the commits. */
export type StoreRows = (
  chain: string,
  rows: readonly Row[],
  rest: () => Promise<void>,
) => Promise<void>;

export interface Keeping {
  /** The engine's own: what is written here concerns no definitions and is not audited. */
  readonly resources: ResourceStore;
  readonly registry: Registry;
  readonly base: string;
  readonly now: () => number;
  /** Called with what a row could not be made into an event for; the row stays in the journal. */
  readonly failed: (error: unknown) => void;
}

/** Rows that are looked at together, and events of one commit: some milliseconds' work. */
const rowsAtOnce = 32;
const eventsAtOnce = 32;

export const createStoreRows = (keeping: Keeping): StoreRows => {
  const { resources, registry, base, failed } = keeping;
  const subjects = createSubjects(resources, registry);
  const namePeople = createNamePeople(resources);

  const changesOf = async (chain: string, rows: readonly Row[]): Promise<readonly Put[]> => {
    const [patients, names] = await Promise.all([
      subjects(rows.flatMap((row) => (isReport(row) ? [] : namesIn(row)))),
      namePeople(rows.map(({ w }) => w)),
    ]);
    const patientsOf: PatientsOf = (name) => patients.get(name) ?? [];
    return rows.flatMap((row) => {
      try {
        const events = eventsOf(row, patientsOf, { base, names });
        return events.map((event, part) =>
          putOf(event, eventId({ chain, n: row.n, t: row.t }, part), keeping),
        );
      } catch (error) {
        failed(error);
        return [];
      }
    });
  };

  return async (chain, rows, rest) => {
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const changes = await changesOf(chain, rows.slice(at, at + rowsAtOnce));
      for (let from = 0; from < changes.length; from += eventsAtOnce) {
        await commitNew(changes.slice(from, from + eventsAtOnce), resources);
        await rest();
      }
    }
  };
};

const eventsOf = (row: Row, patientsOf: PatientsOf, scene: Scene): readonly Resource[] =>
  isReport(row) ? [reportEvent(row, scene)] : accessEvents(row, patientsOf, scene);

type Put = Extract<Change, { readonly kind: 'put' }>;

const putOf = (event: Resource, id: string, { registry, now }: Keeping): Put => {
  const at = now();
  const { resourceType, meta, ...elements } = event;
  const resource: Resource = {
    ...{ resourceType, id },
    meta: { versionId: '1', lastUpdated: new Date(at).toISOString(), ...meta },
    ...elements,
  };
  return {
    kind: 'put',
    version: {
      ...{ type: resourceType, id, version: '1', at, deleted: false, method: 'POST' },
      text: JSON.stringify(resource),
    },
    entries: registry.extract(resource),
    expect: [{ op: 'version', key: { type: resourceType, id }, version: undefined }],
  };
};

/** After a crash some of them are there already. */
const commitNew = async (changes: readonly Put[], resources: ResourceStore): Promise<void> => {
  try {
    await resources.commit(changes);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const known = await resources.read(changes.map(({ version: { type, id } }) => ({ type, id })));
    const missing = changes.filter((_, place) => known[place] === undefined);
    if (missing.length === changes.length) throw error;
    if (missing.length > 0) await commitNew(missing, resources);
  }
};
