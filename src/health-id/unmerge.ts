// unmerge: a merge taken back from its log: what is as the merge left it becomes what it was.
// https://hl7.org/fhir/R5/patient-operation-merge.html

import { documentOf, parseDocument } from '../fhir/json.ts';
import { conflict } from '../fhir/problem.ts';
import type { Document, Resource } from '../fhir/resource.ts';
import type { Put } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import type { MergeLog, Moved, Pair } from './merge-log.ts';
import { movedFrom, nextVersion } from './move-references.ts';
import { isTo, listIn, without, type Element } from './patient-parts.ts';

export interface Unmerge {
  readonly changes: readonly Put[];
  /** What was changed since the merge and stays where it is: somebody has to look. */
  readonly review: readonly string[];
}

/** The two Patients, and what the first commit moved. Throws 409 when the merged Patient itself has changed since. */
export const planUnmerge = async (log: MergeLog, context: Context): Promise<Unmerge> => {
  const isPatient = ({ type, id }: Moved): boolean =>
    type === 'Patient' && (id === log.source || id === log.target);
  const patients = await readBoth(log.moved.filter(isPatient), context);
  const rest = await planReturn(
    log,
    log.moved.filter((each) => !isPatient(each)),
    context,
  );
  const changes = patients.flatMap(({ moved: { id }, current, old }): readonly Put[] => {
    if (!current || current.deleted || !old) return [];
    if (id === log.target)
      return [nextVersion(current, documentOf(withoutSource(current, old, log)), context)];
    if (current.version !== String(Number(old.version) + 1))
      throw conflict(`Patient/${id} was changed after the merge; it cannot be taken back.`);
    return [nextVersion(current, parseDocument(old.text, Infinity), context)];
  });
  return { changes: [...changes, ...rest.changes], review: rest.review };
};

/** What one commit of the merge has moved goes back where it is still as that commit left it. */
export const planReturn = async (
  pair: Pair,
  moved: readonly Moved[],
  context: Context,
): Promise<Unmerge> => {
  const both = await readBoth(moved, context);
  const isAsLeft = ({ current, old }: Both): boolean =>
    current?.deleted === false &&
    old !== undefined &&
    current.version === String(Number(old.version) + 1) &&
    says(parseDocument(current.text, Infinity)) === says(movedFrom(old, pair, context));
  return {
    changes: both
      .filter(isAsLeft)
      .map(({ current, old }) =>
        nextVersion(
          { ...current!, custodian: old!.custodian },
          parseDocument(old!.text, Infinity),
          context,
        ),
      ),
    review: both
      .filter((each) => !isAsLeft(each))
      .map(({ moved: { type, id } }) => `${type}/${id}`),
  };
};

interface Both {
  readonly moved: Moved;
  readonly current: Version | undefined;
  /** As it was before the merge. */
  readonly old: Version | undefined;
}

const readBoth = async (
  moved: readonly Moved[],
  { store: { resources } }: Context,
): Promise<readonly Both[]> => {
  const [currents, olds] = await Promise.all([
    resources.read(moved.map(({ type, id }) => ({ type, id }))),
    resources.read(moved),
  ]);
  return moved.map((each, at) => ({ moved: each, current: currents[at], old: olds[at] }));
};

/** All but what each version has of its own. */
const says = ({ exact }: Document): string => JSON.stringify(without(exact, ['meta']));

/** What the target has won since the merge stays with it. */
const withoutSource = (current: Version, old: Version, log: MergeLog): Resource => {
  const { exact } = parseDocument(current.text, Infinity);
  const numbers = new Set(log.identifiers.map(numberOf));
  const identifier = listIn(exact, 'identifier').filter(
    (each) => !numbers.has(numberOf(JSON.stringify(each))),
  );
  const link = listIn(exact, 'link').filter((each) => !isTo(each, log.source));
  const before = parseDocument(old.text, Infinity).plain;
  const isOurs = before['active'] === undefined && exact['active'] === true;
  return {
    ...without(exact, ['identifier', 'link', ...(isOurs ? ['active'] : [])]),
    ...(identifier.length > 0 ? { identifier } : {}),
    ...(link.length > 0 ? { link } : {}),
  };
};

const numberOf = (text: string): string => {
  const { system, value } = JSON.parse(text) as Element;
  return JSON.stringify([system, value]);
};
