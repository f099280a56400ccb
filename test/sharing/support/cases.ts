// What is seen of the world at B under some Consents.

import type { Caller } from '#src/access/caller.ts';
import { everything, hospitals, label, type Given } from './world.ts';

export interface Case {
  readonly title: string;
  readonly given: readonly Given[];
  /** A clinician of B unless said otherwise. */
  readonly who?: Partial<Caller>;
  readonly sees: readonly string[];
}

const b = [hospitals.b];
const past = { start: '2001-01-01', end: '2001-12-31' };
const coming = { start: '2190-01-01' };
const present = { start: '2001-01-01', end: '2190-01-01' };
const permit = (more: Given = {}): Given => ({ type: 'permit', to: b, ...more });
const deny = (more: Given = {}): Given => ({ type: 'deny', to: b, ...more });
const documents = [
  'DocumentReference/doc',
  'DocumentReference/doc2',
  'Binary/file',
  'Binary/file2',
];
const person = 'Practitioner/d';
const without = (...hidden: readonly string[]) => everything.filter((key) => !hidden.includes(key));
const results = ['Patient/x', 'Observation/lab', 'Observation/old', 'Observation/of-c'];

export const cases: readonly Case[] = [
  { title: 'nothing is seen without a Consent', given: [], sees: [] },
  {
    title: 'an organization is permitted everything, but what is sensitive or about others as well',
    given: [permit()],
    sees: everything,
  },
  { title: 'a practitioner is permitted', given: [permit({ to: [person] })], sees: everything },
  {
    title: 'a role of a practitioner is permitted',
    given: [permit({ to: ['PractitionerRole/role'] })],
    sees: everything,
  },
  {
    title: 'the permit of another organization opens nothing',
    given: [permit({ to: ['Organization/c'] })],
    sees: [],
  },
  {
    title: 'a permit for nobody in particular opens nothing',
    given: [{ type: 'permit' }],
    sees: [],
  },
  { title: 'who has written is not who receives', given: [permit({ role: 'AUT' })], sees: [] },
  { title: 'the purpose fits', given: [permit({ purposes: ['TREAT'] })], sees: everything },
  { title: 'the purpose does not fit', given: [permit({ purposes: ['HRESCH'] })], sees: [] },
  {
    title: 'the purpose of the caller counts',
    given: [permit({ purposes: ['HRESCH'] })],
    who: { purposes: ['HRESCH'] },
    sees: everything,
  },
  {
    title: 'a Consent in its period counts',
    given: [permit({ period: present })],
    sees: everything,
  },
  { title: 'an expired Consent is absent', given: [permit({ period: past })], sees: [] },
  {
    title: 'a Consent that has not begun is absent',
    given: [permit({ period: coming })],
    sees: [],
  },
  { title: 'a Consent taken back is absent', given: [permit({ status: 'inactive' })], sees: [] },
  {
    title: 'a Consent of another scope is no sharing',
    given: [permit({ scope: 'research' })],
    sees: [],
  },
  {
    title: 'a policy of opting in stands for a permit',
    given: [{ to: b, policy: 'OPTIN' }],
    sees: everything,
  },
  { title: 'a rule that does not say what it is opens nothing', given: [{ to: b }], sees: [] },

  { title: 'kinds: results', given: [permit({ kinds: ['results'] })], sees: results },
  {
    title: 'kinds: documents with their files',
    given: [permit({ kinds: ['documents'] })],
    sees: ['Patient/x', ...documents],
  },
  {
    title: 'kinds: several of two Consents',
    given: [permit({ kinds: ['vitals'] }), permit({ kinds: ['conditions', 'medications'] })],
    sees: ['Patient/x', 'Observation/pulse', 'Condition/ill', 'MedicationRequest/pill'],
  },
  {
    title: 'types are named instead of kinds',
    given: [permit({ types: ['Condition'] })],
    sees: ['Patient/x', 'Condition/ill'],
  },
  {
    title: 'types that are never shared stay closed',
    given: [permit({ types: ['Communication'] })],
    sees: ['Patient/x'],
  },
  {
    title: 'a class nobody knows opens nothing',
    given: [permit({ more: { class: [{ system: 'http://other.example', code: 'results' }] } })],
    sees: [],
  },
  {
    title: 'a permit with what nobody understands opens nothing',
    given: [permit({ more: { action: [{ coding: [{ code: 'correct' }] }] } })],
    sees: [],
  },

  { title: 'deny beats permit of the same level', given: [permit(), deny()], sees: [] },
  {
    title: 'deny beats permit of the same kind',
    given: [permit({ kinds: ['results'] }), deny({ kinds: ['results'] })],
    sees: ['Patient/x'],
  },
  {
    title: 'a narrower denial leaves the rest',
    given: [permit(), deny({ kinds: ['documents'] })],
    sees: without(...documents),
  },
  {
    title: 'a narrower permit beats a wider denial',
    given: [deny(), permit({ kinds: ['results'] })],
    sees: results,
  },
  {
    title: 'a denied person is no more permitted with the organization',
    given: [permit(), deny({ to: [person] })],
    sees: [],
  },
  {
    title: 'a permitted person is permitted though the organization is denied',
    given: [deny(), permit({ to: [person] })],
    sees: everything,
  },
  {
    title: 'a person denied everything is permitted no kind with the organization',
    given: [permit({ kinds: ['results'] }), deny({ to: [person] })],
    sees: [],
  },
  {
    title: 'a denial for everybody is wider than a permit by name',
    given: [{ type: 'deny' }, permit()],
    sees: everything,
  },
  {
    title: 'a kind denied to everybody is hidden from who is permitted everything',
    given: [{ type: 'deny', kinds: ['documents'] }, permit()],
    sees: without(...documents),
  },
  {
    title: 'a denial of another purpose is no denial',
    given: [permit(), deny({ purposes: ['HRESCH'] })],
    sees: everything,
  },
  {
    title: 'an expired denial is absent',
    given: [permit(), deny({ period: past })],
    sees: everything,
  },
  {
    title: 'a denial with what nobody understands denies all the same',
    given: [permit(), deny({ more: { class: [{ system: 'http://other.example', code: 'x' }] } })],
    sees: [],
  },

  {
    title: 'data of a time',
    given: [permit({ dataPeriod: { start: '2020-01-01', end: '2025-01-01' } })],
    sees: ['Patient/x', 'Observation/lab', 'Observation/of-c', ...documents],
  },
  {
    title: 'data of a time is denied, and what has no date with it',
    given: [permit(), deny({ dataPeriod: { start: '2020-01-01', end: '2025-01-01' } })],
    sees: ['Patient/x', 'Observation/old'],
  },
  { title: 'codes', given: [permit({ codes: ['lab'] })], sees: ['Patient/x', 'Observation/lab'] },
  {
    title: 'a code is denied',
    given: [permit(), deny({ codes: ['lab'], types: ['Observation'] })],
    sees: without('Observation/lab'),
  },
  {
    title: 'a single document',
    given: [permit({ data: ['DocumentReference/doc'] })],
    sees: ['Patient/x', 'DocumentReference/doc', 'Binary/file'],
  },
  {
    title: 'a single document of somebody else',
    given: [permit({ data: ['Observation/other'] })],
    sees: ['Patient/x'],
  },
  {
    title: 'a single document is denied to the organization',
    given: [permit(), deny({ data: ['DocumentReference/doc'] })],
    sees: without('DocumentReference/doc', 'Binary/file'),
  },
  {
    title: 'a single document is denied to everybody',
    given: [permit(), { type: 'deny', data: ['DocumentReference/doc'] }],
    sees: without('DocumentReference/doc', 'Binary/file'),
  },
  {
    title: 'codes denied to everybody hide their kind from everybody',
    given: [permit(), { type: 'deny', kinds: ['results'], codes: ['lab'] }],
    sees: without('Observation/lab', 'Observation/old', 'Observation/of-c'),
  },

  {
    title: 'what is sensitive is shared when its labels are named',
    given: [permit({ labels: [label.normal, label.restricted] })],
    sees: [...everything, 'Observation/secret'],
  },
  {
    title: 'a resource with two labels needs both named',
    given: [permit({ labels: [label.restricted, label.hiv] })],
    sees: ['Patient/x', 'Observation/secret', 'Observation/hiv'],
  },
  {
    title: 'labels alone share what carries them, no more',
    given: [permit({ labels: [label.restricted] })],
    sees: ['Patient/x', 'Observation/secret'],
  },

  {
    title: 'a rule inside a permit denies',
    given: [permit({ inside: [{ type: 'deny', kinds: ['documents'] }] })],
    sees: without(...documents),
  },
  {
    title: 'a rule inside a denial permits',
    given: [{ type: 'deny', inside: [permit({ kinds: ['results'] })] }],
    sees: results,
  },
  {
    title: 'a rule inside a permit denies one person',
    given: [permit({ inside: [{ type: 'deny', to: [person] }] })],
    sees: [],
  },
  {
    title: 'a rule inside a permit holds for whom it is about alone',
    given: [permit({ inside: [{ type: 'deny', to: ['Practitioner/e'] }] })],
    sees: everything,
  },

  {
    title: 'a hospital speaks for what it keeps itself',
    given: [permit({ by: hospitals.c })],
    sees: ['Observation/of-c'],
  },
  {
    title: 'a hospital that keeps the Patient shows whose the record is',
    given: [permit({ by: hospitals.a })],
    sees: without('Observation/of-c'),
  },
  {
    title: 'a Consent kept by B about the records of others opens nothing',
    given: [permit({ by: hospitals.b })],
    sees: [],
  },
  { title: 'a Consent that nobody keeps opens nothing', given: [permit({ by: null })], sees: [] },
  {
    title: 'the denial of a hospital holds for what it keeps',
    given: [permit(), deny({ by: hospitals.c })],
    sees: without('Observation/of-c'),
  },
  {
    title: 'the denial of the patient holds for what a hospital shares',
    given: [deny(), permit({ by: hospitals.a })],
    sees: [],
  },

  {
    title: 'a pharmacist sees medications that are named',
    given: [permit({ kinds: ['medications', 'results'] })],
    who: { role: 'pharmacist' },
    sees: ['Patient/x', 'MedicationRequest/pill'],
  },
  {
    title: 'a pharmacist sees nothing by a Consent about everything',
    given: [permit()],
    who: { role: 'pharmacist' },
    sees: [],
  },
  ...(['desk', 'biller'] as const).map((role) => ({
    title: `the ${role} sees nothing by a Consent`,
    given: [permit()],
    who: { role },
    sees: [],
  })),
  {
    title: 'a system of the named organization sees what its scopes let it',
    given: [permit()],
    who: { role: 'system', scopes: ['system/Observation.rs'] },
    sees: ['Observation/lab', 'Observation/old', 'Observation/of-c', 'Observation/pulse'],
  },
  {
    title: 'a system of the organization a named person works for sees nothing',
    given: [permit({ to: [person] })],
    who: { role: 'system', scopes: ['system/*.rs'] },
    sees: [],
  },
  {
    title: 'a scope narrows what is shared',
    given: [permit()],
    who: { scopes: ['user/Condition.rs'] },
    sees: ['Condition/ill'],
  },
];
