// complete-patient: what the write path does to every Patient, whichever way it comes in: the health ID cannot be set or
// changed by a client, and who is new to the network gets one.

import type { Permit } from '../access/permit.ts';
import { survivorOf } from '../fhir/merged.ts';
import { businessRule } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import type { CompletedPatient, CompletePatient, PatientDraft } from '../interactions/types.ts';
import { and, not } from '../search/plan.ts';
import type { Expect, Version } from '../store/port.ts';
import { besideOf } from './beside.ts';
import {
  healthIdOf,
  refuseChanged,
  refuseForeignFaults,
  refuseOwn,
  withHealthId,
} from './identifiers.ts';
import type { Issue } from './issue.ts';
import { findMatches, sharing } from './match/find.ts';
import { keysOf } from './match/keys.ts';
import { readPerson } from './match/person.ts';
import { identityTask, type Candidate, type Desk } from './worklist.ts';

export interface Enrolling extends Desk {
  /** The network's own identifier system. */
  readonly system: string;
  readonly issue: Issue;
}

export const createCompletePatient =
  (enrolling: Enrolling, enrolOnCreate: boolean): CompletePatient =>
  async (draft, permit) => {
    const { previous, document } = draft;
    const { system } = enrolling;
    refuseForeignFaults(document.plain);
    const stored = previous && (await lastText(previous, enrolling));
    if (stored === undefined) {
      refuseOwn(document.plain, system);
      return enrolOnCreate ? enrol(draft, permit, enrolling) : undefined;
    }
    const before = JSON.parse(stored) as Resource;
    refuseRevival(before, document.plain);
    const number = healthIdOf(before, system);
    // Who comes back after a deletion is who they were.
    const isBack = previous?.deleted === true && healthIdOf(document.plain, system) === undefined;
    if (isBack && number !== undefined)
      return { document: withHealthId(document, system, number), expect: [], also: [] };
    refuseChanged(document.plain, before, system);
    return undefined;
  };

/** Who was merged stays merged until $unmerge, which knows what belongs to whom. */
const refuseRevival = (before: Resource, after: Resource): void => {
  const survivor = survivorOf(before);
  if (survivor === undefined || survivorOf(after) === survivor) return;
  throw businessRule(
    `This Patient was merged into Patient/${survivor}; change that one, or take the merge back by Patient/$unmerge.`,
    'Patient.link',
  );
};

/** Of a deletion the text of the version before. */
const lastText = async (
  { type, id, version, deleted, text }: Version,
  { store }: Enrolling,
): Promise<string | undefined> => {
  if (!deleted) return text;
  const key = { type, id, version: String(Number(version) - 1) };
  const [last] = await store.resources.read([key]);
  return last === undefined || last.deleted ? undefined : last.text;
};

/**
 * A health ID for who is not known; a Task for who may be, unless a clerk has decided that they are new. Expects that nobody alike
 * is written at the same moment: then it is done again, and finds them.
 */
export const enrol = async (
  { id, document, at, beside }: PatientDraft,
  permit: Permit,
  enrolling: Enrolling,
  doubts: 'ask' | 'decided' = 'ask',
): Promise<CompletedPatient> => {
  const person = readPerson(document.plain);
  const keys = keysOf(person);
  const others = not({ op: 'id', ids: [id] });
  const { matches, seen } = await findMatches(person, others, enrolling.store.resources);
  const neighbours = besideOf(beside);
  const candidates: readonly Candidate[] = [
    ...matches.map(({ version, grade, score }) => ({ id: version.id, grade, score })),
    ...neighbours.matches(person, keys),
  ];
  neighbours.note(id, person);
  if (candidates.length > 0 && doubts === 'ask') {
    const task = await identityTask({ patient: id, candidates, at }, permit, enrolling);
    return { document, expect: [], also: [task] };
  }
  const known = seen && [id, ...seen, ...neighbours.sharing(keys)];
  return {
    document: withHealthId(document, enrolling.system, await enrolling.issue(id)),
    expect: known && keys.length > 0 ? [nobodyElse(keys, known)] : [],
    also: [],
  };
};

const nobodyElse = (keys: readonly string[], known: readonly string[]): Expect => ({
  op: 'none',
  plan: and(sharing(keys), not({ op: 'id', ids: known })),
});
