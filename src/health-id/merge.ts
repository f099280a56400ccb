// merge: two Patients found to be one person become one, and what was moved is written down so that it can be taken back.
// https://hl7.org/fhir/R5/patient-operation-merge.html

import type { Permit } from '../access/permit.ts';
import { survivorOf } from '../fhir/merged.ts';
import { documentOf, parseDocument } from '../fhir/json.ts';
import { businessRule, gone, notFound } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import { checkReach, type Put } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import type { MergeLog, Pair } from './merge-log.ts';
import { nextVersion, planMoves } from './move-references.ts';
import { isTo, listIn, without } from './patient-parts.ts';

export interface Merge {
  readonly changes: readonly Put[];
  readonly log: Omit<MergeLog, 'task'>;
  /** The Patient that remains, as it will be. */
  readonly result: Put;
  /** Not all that refers to the source goes into one commit. */
  readonly isMore: boolean;
}

export interface Merging {
  /** Of the network's health IDs. */
  readonly system: string;
  /** So many references are moved by one commit. */
  readonly size: number;
}

/** Throws 404 for a Patient that the caller may not see, 403 for one they may not change, 422 for a pair that cannot be merged. */
export const planMerge = async (
  pair: Pair,
  { system, size }: Merging,
  permit: Permit,
  context: Context,
): Promise<Merge> => {
  if (pair.source === pair.target)
    throw businessRule('A Patient cannot be merged with itself.', 'source-patient');
  const [source, target] = await Promise.all([
    toChange(pair.source, permit, context),
    toChange(pair.target, permit, context),
  ]);
  const before = parseDocument(source.text, Infinity).exact;
  const remaining = parseDocument(target.text, Infinity).exact;
  const moving = await planMoves(pair, size, context);
  const leaving = nextVersion(source, documentOf(asMerged(before, pair)), context);
  const result = nextVersion(
    target,
    documentOf(asSurvivor(remaining, before, pair, system)),
    context,
  );
  const both = [source, target].map(({ type, id, version }) => ({ type, id, version }));
  const identifiers = listIn(before, 'identifier').map((each) => JSON.stringify(each));
  return {
    changes: [leaving, result, ...moving.changes],
    log: { ...pair, moved: [...both, ...moving.moved], identifiers },
    result,
    isMore: moving.isMore,
  };
};

const toChange = async (id: string, permit: Permit, context: Context): Promise<Version> => {
  const key = { type: 'Patient', id };
  const current = await locate(key, permit, context);
  if (!current) throw notFound('Patient', id);
  if (current.deleted) throw gone('Patient', id);
  await checkReach(current, 'update', permit, context);
  if (survivorOf(JSON.parse(current.text) as Resource) !== undefined)
    throw businessRule(`Patient/${id} was merged into another one already.`, 'Patient');
  return current;
};

const asMerged = (patient: Resource, { target }: Pair): Resource => ({
  ...without(patient, ['identifier']),
  active: false,
  link: [
    ...listIn(patient, 'link').filter((link) => !isTo(link, target)),
    { other: { reference: `Patient/${target}` }, type: 'replaced-by' },
  ],
});

/**
 * Only one health ID stays official: that of the Patient that remains, if it has one. Where there is a link it is said whether
 * the record is in use (IHE PDQm, iti-pdqm-linkstatus).
 */
const asSurvivor = (patient: Resource, source: Resource, pair: Pair, system: string): Resource => {
  const own = listIn(patient, 'identifier');
  const isNumbered = own.some((each) => each['system'] === system);
  const more = listIn(source, 'identifier')
    .filter((each) => !own.some((known) => JSON.stringify(known) === JSON.stringify(each)))
    .map((each) => (isNumbered && each['system'] === system ? { ...each, use: 'old' } : each));
  const identifier = [...own, ...more];
  return {
    ...patient,
    ...(identifier.length > 0 ? { identifier } : {}),
    active: patient['active'] ?? true,
    link: [
      ...listIn(patient, 'link').filter((link) => !isTo(link, pair.source)),
      { other: { reference: `Patient/${pair.source}` }, type: 'replaces' },
    ],
  };
};
