// identifiers: the health ID among the identifiers of a Patient, which is the server's to set and nobody's to change.

import { unprocessable, type Issue } from '../fhir/problem.ts';
import { isObject, type Document, type Resource } from '../fhir/resource.ts';
import { foreignFault } from './foreign-numbers.ts';
import { readNumber } from './number.ts';

/** The health ID a Patient carries. */
export const healthIdOf = (patient: Resource, system: string): string | undefined => {
  const { value } = ownIn(patient, system)[0]?.identifier ?? {};
  return typeof value === 'string' ? value : undefined;
};

/** Throws 422 that names each identifier in the network's own system. */
export const refuseOwn = (patient: Resource, system: string): void => {
  const own = ownIn(patient, system);
  if (own.length === 0) return;
  throw unprocessable(
    own.map(({ at }) =>
      issueAt(
        at,
        `Health IDs (${system}) are given by the server alone; leave this identifier out.`,
      ),
    ),
  );
};

/** Throws 422 unless the identifiers in the network's own system are those that are stored. */
export const refuseChanged = (patient: Resource, stored: Resource, system: string): void => {
  const own = ownIn(patient, system);
  const before = ownIn(stored, system).map(({ identifier }) => spell(identifier));
  const changed = own.filter(({ identifier }, at) => spell(identifier) !== before[at]);
  const missing = own.length < before.length;
  if (changed.length === 0 && !missing) return;
  throw unprocessable([
    ...changed.map(({ at }) =>
      issueAt(at, 'A health ID never changes; send this identifier as it is stored.'),
    ),
    ...(missing
      ? [
          issueAt(
            undefined,
            `The health ID (${system}) of this Patient is missing; send it as it is stored.`,
          ),
        ]
      : []),
  ]);
};

/** Throws 422 for a number of somebody else's that cannot be right. */
export const refuseForeignFaults = (patient: Resource): void => {
  const faults = identifiersOf(patient).flatMap(({ at, identifier: { system, value } }) => {
    if (typeof system !== 'string' || typeof value !== 'string') return [];
    const fault = foreignFault(system, value);
    return fault === undefined ? [] : [issueAt(at, fault)];
  });
  if (faults.length > 0) throw unprocessable(faults);
};

/** The Patient as it was typed, its health IDs as they are stored; and what is wrong with them. */
export const readOwnNumbers = (
  patient: Resource,
  system: string,
): { readonly resource: Resource; readonly issues: readonly Issue[] } => {
  const own = ownIn(patient, system);
  if (own.length === 0) return { resource: patient, issues: [] };
  const list = [...(patient['identifier'] as readonly unknown[])];
  const issues: Issue[] = [];
  for (const { at, identifier } of own) {
    const { value } = identifier;
    const reading = readNumber(typeof value === 'string' ? value : '');
    if (reading.ok) list[at] = { ...identifier, value: reading.number };
    else issues.push({ ...issueAt(at, reading.fault), severity: 'warning', code: 'value' });
  }
  return { resource: { ...patient, identifier: list }, issues };
};

/** The Patient with its health ID. */
export const withHealthId = (document: Document, system: string, value: string): Document => {
  const plain = append(document.plain, system, value);
  const exact = document.exact === document.plain ? plain : append(document.exact, system, value);
  return { plain, exact };
};

interface Placed {
  readonly at: number;
  readonly identifier: Readonly<Record<string, unknown>>;
}

const identifiersOf = (patient: Resource): readonly Placed[] => {
  const list: unknown = patient['identifier'];
  if (!Array.isArray(list)) return [];
  return list.flatMap((identifier: unknown, at) =>
    isObject(identifier) ? [{ at, identifier }] : [],
  );
};

const ownIn = (patient: Resource, system: string): readonly Placed[] =>
  identifiersOf(patient).filter(({ identifier }) => identifier['system'] === system);

const issueAt = (at: number | undefined, diagnostics: string): Issue => ({
  ...{ severity: 'error', code: 'business-rule', diagnostics },
  expression: [`Patient.identifier${at === undefined ? '' : `[${String(at)}]`}`],
});

/** Members in any order say the same. */
const spell = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(spell).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, inner]) => `${name}:${spell(inner)}`).join(',')}}`;
};

const append = (patient: Resource, system: string, value: string): Resource => {
  const given: unknown = patient['identifier'];
  const before: readonly unknown[] = Array.isArray(given) ? given : [];
  const own = { use: 'official', type: kind, system, value };
  return { ...patient, identifier: [...before, own] };
};

/** https://terminology.hl7.org/CodeSystem-v2-0203.html */
const kind = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'NI' }],
  text: 'UHID',
} as const;
