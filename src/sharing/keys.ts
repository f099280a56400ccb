// keys: the index values by which the Consents are found that let a caller see a record, without reading one of them.

import { openHigh, openLow } from '../fhir/date.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import type { Entry } from '../search/entry.ts';
import type { Registry } from '../search/registry.ts';
import { readProvision, type Provision } from './provision.ts';
import { sensitiveEntries, severalEntries } from './sensitive.ts';

/**
 * The index params of the keys: of Consents that a patient keeps, which speak for the whole record, and of those an organization
 * keeps, which speak for what it keeps itself. No client can search by them.
 */
export const keyParams = { patient: 'Consent._sharing', organization: 'Consent._sharing-kept' };

/** Leads from a Consent to the organization that keeps it. */
export const keeperParam = 'Consent._keeper';

/** The index param of when a Consent is in force. */
export const inForceParam = 'Consent._in-force';

/** A registry that also gives the keys of Consents, and says what is never shared by sharing all. */
export const withSharingKeys = (registry: Registry, base: string): Registry => ({
  ...registry,
  extract: (resource, custodian) => {
    const entries = registry.extract(resource, custodian);
    return [
      ...entries,
      ...sensitiveEntries(resource),
      ...severalEntries(resource, entries),
      ...(resource.resourceType === 'Consent' ? entriesOf(resource, custodian, base) : []),
    ];
  },
});

const entriesOf = (
  consent: Resource,
  custodian: string | undefined,
  base: string,
): readonly Entry[] => {
  const keeper = custodian?.startsWith('Patient/')
    ? 'patient'
    : custodian?.startsWith('Organization/')
      ? 'organization'
      : undefined;
  const rule = keeper && readSharing(consent, base);
  if (keeper === undefined || rule === undefined) return [];
  const keys = keysOf(rule).map((code): Entry => ({
    ...{ kind: 'token', param: keyParams[keeper], n: 0, system: '', code },
  }));
  const { low, high } = rule.period ?? { low: openLow, high: openHigh };
  const found: readonly Entry[] = [...keys, { kind: 'date', param: inForceParam, n: 0, low, high }];
  if (keeper === 'patient') return found;
  return [...found, { kind: 'reference', param: keeperParam, n: 0, target: custodian! }];
};

/** What the Consent says about sharing; undefined when it says nothing now. Its period is not looked at. */
export const readSharing = (consent: Resource, base: string): Provision | undefined => {
  const { status, scope, provision, policyRule } = consent;
  if (status !== 'active' || !hasCode(scope, 'patient-privacy') || !isObject(provision))
    return undefined;
  if (consent['modifierExtension'] !== undefined && provision['type'] !== 'deny') return undefined;
  const implied = hasCode(policyRule, 'OPTIN')
    ? 'permit'
    : hasCode(policyRule, 'OPTOUT')
      ? 'deny'
      : undefined;
  return readProvision(provision, { implied, base });
};

const hasCode = (concept: unknown, code: string): boolean =>
  isObject(concept) &&
  Array.isArray(concept['coding']) &&
  concept['coding'].some((each) => isObject(each) && each['code'] === code);

export const everybody = '*';
export const anyPurpose = '*';

export interface Key {
  readonly type:
    | Provision['type']
    /** For everybody, of less than whole kinds: more is denied than it says. */
    | 'deny-some'
    /** For everybody, of single resources. */
    | 'deny-data';
  readonly actor: string;
  /** A sharing kind, a type's name; `any` for permits of some kind or type. */
  readonly named: string;
  readonly purpose: string;
}

export const keyOf = ({ type, actor, named, purpose }: Key): string =>
  [type, actor, named, purpose].join('|');
/** Of Consents that permit or deny the actor something, and of those that have to be read one by one. */
export const permitting = (actor: string): string => `permits|${actor}`;
export const denying = (actor: string): string => `denies|${actor}`;
export const single = (actor: string): string => `single|${actor}`;
/** Of Consents that name types of resources instead of kinds. */
export const typed = (actor: string): string => `typed|${actor}`;

const keysOf = (rule: Provision): readonly string[] => {
  const keys = isCommon(rule)
    ? commonKeys(rule)
    : [...actorsIn(rule).map(single), ...deniedToAll(rule).flatMap(deniedKeys)];
  return [...new Set(keys)];
};

/** Whether keys alone say all that the rule does. */
export const isCommon = (rule: Provision): boolean =>
  isWhole(rule) && rule.exceptions.length === 0 && productOf(rule) <= most;

const isWhole = ({ codes, references, labels, dataPeriod }: Provision): boolean =>
  [codes, references, labels].every(({ length }) => length === 0) && dataPeriod === undefined;

/** More keys than this are not written for one Consent. */
const most = 200;

const productOf = ({ actors = [], classes, purposes }: Provision): number =>
  Math.max(1, actors.length) * Math.max(1, classes.length) * Math.max(1, purposes.length);

/** The rule and its exceptions, where they deny something to everybody. */
const deniedToAll = (rule: Provision): readonly Provision[] => {
  if (rule.actors !== undefined) return [];
  const inside = rule.exceptions.map((exception) => within(rule, exception));
  return [rule, ...inside].filter(({ type, actors }) => type === 'deny' && actors === undefined);
};

/** What an exception does not say itself is as in the rule around it. */
const within = (rule: Provision, exception: Provision): Provision => {
  const or = <T>(own: readonly T[], other: readonly T[]) => (own.length > 0 ? own : other);
  return {
    ...exception,
    purposes: or(exception.purposes, rule.purposes),
    classes: or(exception.classes, rule.classes),
    references: or(exception.references, rule.references),
    codes: or(exception.codes, rule.codes),
    labels: or(exception.labels, rule.labels),
  };
};

const actorsIn = (rule: Provision): readonly string[] => [
  ...(rule.actors ?? []),
  ...rule.exceptions.flatMap(({ actors }) => actors ?? []),
];

const commonKeys = (rule: Provision): readonly string[] => {
  const { type, classes } = rule;
  // Nobody in particular is permitted nothing.
  const actors = rule.actors ?? (type === 'deny' ? [everybody] : []);
  const names = classes.length === 0 ? ['everything'] : classes;
  return actors.flatMap((actor) => [
    type === 'permit' ? permitting(actor) : denying(actor),
    ...(names.some(isType) ? [typed(actor)] : []),
    ...(type === 'permit' && classes.length > 0
      ? withPurposes(rule, { type, actor, named: 'any' })
      : []),
    ...names.flatMap((named) => withPurposes(rule, { type, actor, named })),
  ]);
};

/**
 * Rules that deny something to everybody are too many to read each when somebody asks: where keys cannot say how little is denied,
 * they say more.
 */
const deniedKeys = (rule: Provision): readonly string[] => {
  const actor = everybody;
  if (rule.references.length > 0)
    return withPurposes(rule, { type: 'deny-data', actor, named: 'any' });
  const type = isWhole(rule) ? 'deny' : 'deny-some';
  const names = rule.classes.length === 0 ? ['everything'] : rule.classes;
  return [
    denying(actor),
    ...(names.some(isType) ? [typed(actor)] : []),
    ...names.flatMap((named) => withPurposes(rule, { type, actor, named })),
  ];
};

const isType = (named: string): boolean => /^[A-Z]/.test(named);

const withPurposes = ({ purposes }: Provision, key: Omit<Key, 'purpose'>): readonly string[] =>
  (purposes.length === 0 ? [anyPurpose] : purposes).map((purpose) => keyOf({ ...key, purpose }));
