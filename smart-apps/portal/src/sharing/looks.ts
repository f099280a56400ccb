// Looks: an AuditEvent in the words of whose record it is: who, of where, what was done with what, and whether it was an emergency.
// conformance/audit.md

import type { AuditEvent } from 'fhir/r4';

export interface Look {
  readonly id: string;
  /** An instant. */
  readonly at: string;
  readonly name: string;
  /** `Practitioner/1`; undefined for a system. */
  readonly person: string | undefined;
  /** `Organization/1` */
  readonly organization: string | undefined;
  readonly organizationName: string | undefined;
  /** A key of the texts. */
  readonly act: Act;
  /** Types of what was looked at or written. */
  readonly types: readonly string[];
  readonly isEmergency: boolean;
  readonly isRefused: boolean;
}

export type Act =
  | 'read'
  | 'create'
  | 'update'
  | 'delete'
  | 'operation'
  | 'emergency'
  | 'emergencyEnd'
  | 'signIn'
  | 'other';

export const lookOf = (event: AuditEvent): Look => {
  const { id = '', recorded, agent, purposeOfEvent = [], outcome } = event;
  const who = agent.find(({ requestor }) => requestor) ?? agent[0];
  const organization = agent.find(({ who: each }) => each?.reference?.startsWith('Organization/'));
  const purposes = purposeOfEvent.flatMap(({ coding = [] }) => coding.map(({ code }) => code));
  return {
    ...{ id, at: recorded, act: actOf(event), types: typesOf(event) },
    name: who?.name ?? who?.who?.display ?? wordIn(who?.who?.identifier?.value),
    person: who?.who?.reference,
    organization: organization?.who?.reference,
    organizationName: organization?.who?.display ?? organization?.name,
    isEmergency: purposes.includes('BTG') || purposes.includes('ETREAT'),
    isRefused: outcome !== undefined && outcome !== '0',
  };
};

/** The name of a system; the number of an account says nothing to anybody. */
const wordIn = (identifier = ''): string => (/^[0-9a-f-]{36}$/.test(identifier) ? '' : identifier);

/** All of one kind that one person did on one day, as one line with a count. */
export interface LookGroup extends Look {
  readonly count: number;
}

/** In the order of the last of each. */
export const grouped = (looks: readonly Look[]): readonly LookGroup[] => {
  const groups = new Map<string, LookGroup>();
  for (const look of looks) {
    const key = keyOf(look);
    const before = groups.get(key);
    groups.set(
      key,
      before === undefined
        ? { ...look, count: 1 }
        : {
            ...before,
            types: [...new Set([...before.types, ...look.types])],
            count: before.count + 1,
          },
    );
  }
  return [...groups.values()];
};

const keyOf = ({ act, name, person, organization, isEmergency, isRefused, at }: Look): string =>
  JSON.stringify([
    ...[act, name, person, organization, isEmergency, isRefused],
    new Date(at).toDateString(),
  ]);

const actOf = ({ subtype = [], type }: AuditEvent): Act =>
  subtype.map(({ code }) => acts[code ?? '']).find((act) => act !== undefined) ??
  (type.code === '110114' ? 'signIn' : 'other');

/** FHIR's names of interactions, and DICOM's codes. */
const acts: Readonly<Record<string, Act>> = {
  ...{ read: 'read', vread: 'read', 'history-instance': 'read', 'history-type': 'read' },
  ...{ 'search-type': 'read', 'search-system': 'read', search: 'read' },
  ...{ create: 'create', update: 'update', patch: 'update', delete: 'delete' },
  ...{ operation: 'operation', transaction: 'update', batch: 'other' },
  ...{ '110127': 'emergency', '110138': 'emergencyEnd', '110122': 'signIn', 'ITI-71': 'signIn' },
};

/** What the entity says by reference, and what a search asked for. */
const typesOf = ({ entity = [] }: AuditEvent): readonly string[] => [
  ...new Set(
    entity.flatMap(({ what, query }) => {
      if (query !== undefined) return queriedType(query);
      const type = what?.reference?.split('/')[0] ?? what?.type;
      return type === undefined || type === 'Patient' ? [] : [type];
    }),
  ),
];

/** The question in base64, such as `Observation?patient=…`. */
const queriedType = (query: string): readonly string[] => {
  try {
    return /([A-Z][A-Za-z]+)(?=[?/]|$)/.exec(atob(query))?.slice(1, 2) ?? [];
  } catch {
    return [];
  }
};
