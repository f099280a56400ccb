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
  | 'search'
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
    name: who?.name ?? who?.who?.display ?? who?.who?.identifier?.value ?? '',
    person: who?.who?.reference,
    organization: organization?.who?.reference,
    organizationName: organization?.who?.display ?? organization?.name,
    isEmergency: purposes.includes('BTG') || purposes.includes('ETREAT'),
    isRefused: outcome !== undefined && outcome !== '0',
  };
};

/** Neighbours by one person of the same kind on the same day, as one line with a count. */
export interface LookGroup extends Look {
  readonly count: number;
}

export const grouped = (looks: readonly Look[]): readonly LookGroup[] => {
  const groups: LookGroup[] = [];
  for (const look of looks) {
    const last = groups.at(-1);
    if (last !== undefined && isSame(last, look))
      groups[groups.length - 1] = {
        ...last,
        types: [...new Set([...last.types, ...look.types])],
        count: last.count + 1,
      };
    else groups.push({ ...look, count: 1 });
  }
  return groups;
};

const isSame = (a: Look, b: Look): boolean =>
  a.act === b.act &&
  a.name === b.name &&
  a.organization === b.organization &&
  a.isEmergency === b.isEmergency &&
  a.isRefused === b.isRefused &&
  new Date(a.at).toDateString() === new Date(b.at).toDateString();

const actOf = ({ subtype = [], type }: AuditEvent): Act =>
  subtype.map(({ code }) => acts[code ?? '']).find((act) => act !== undefined) ??
  (type.code === '110114' ? 'signIn' : 'other');

/** FHIR's names of interactions, and DICOM's codes. */
const acts: Readonly<Record<string, Act>> = {
  ...{ read: 'read', vread: 'read', 'history-instance': 'read', 'history-type': 'read' },
  ...{ 'search-type': 'search', 'search-system': 'search', search: 'search' },
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
