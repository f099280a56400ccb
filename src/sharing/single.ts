// single: Consents that keys cannot say whole, read one by one for who asks: rules about codes, times, labels, single resources,
// and rules with exceptions.

import { recordOf } from '../access/regions.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import { compartmentParam } from '../search/build-registry.ts';
import { and, everything, not, nothing, or, type Plan } from '../search/plan.ts';
import type { Asking, ReadConsent } from './asking.ts';
import { codeParameters, dateParameters } from './data-parameters.ts';
import { facetsOf } from './facets.ts';
import { dataLevel, type Level } from './level.ts';
import type { Interval, Provision } from './provision.ts';
import { labelled, sensitive, several, touched } from './sensitive.ts';

export interface SingleRule {
  readonly type: Provision['type'];
  readonly level: Level;
  /** The resources of a type it is about. */
  plan(type: string): Plan;
}

/** The rules that are about who asks, now. */
export const rulesOf = (
  { rule, ...whose }: ReadConsent,
  asking: Asking,
  definitions: Definitions,
): readonly SingleRule[] => {
  const outer = actorLevel(rule, asking);
  if (outer === undefined || !applies(rule, asking)) return [];
  const around = { ...whose, asking, definitions };
  const exceptions = rule.exceptions.flatMap((exception): readonly SingleRule[] => {
    const inner = actorLevel(exception, asking);
    if (inner === undefined || !applies(exception, asking)) return [];
    const level = {
      data: Math.max(dataLevel(rule), dataLevel(exception)),
      actor: Math.max(outer, inner),
    };
    const { type } = exception;
    const plan = (of: string) =>
      and(region({ ...rule, type }, of, around), region(exception, of, around));
    return [{ type, level, plan }];
  });
  const opposite = exceptions.filter(({ type }) => type !== rule.type);
  const root: SingleRule = {
    type: rule.type,
    level: { data: dataLevel(rule), actor: outer },
    plan: (type) =>
      and(region(rule, type, around), not(or(...opposite.map((each) => each.plan(type))))),
  };
  // Nobody in particular is permitted nothing.
  const all = [root, ...exceptions];
  return all.filter(({ type, level }) => type === 'deny' || level.actor > 0);
};

const actorLevel = (
  { actors }: Provision,
  { organization, persons }: Asking,
): number | undefined => {
  if (actors === undefined) return 0;
  if (actors.some((each) => persons.includes(each))) return 2;
  return organization !== undefined && actors.includes(organization) ? 1 : undefined;
};

const applies = ({ period, purposes }: Provision, { at, purposes: asked }: Asking): boolean =>
  (period === undefined || (period.low < at + 1000 && at + 1000 < period.high)) &&
  (purposes.length === 0 || asked.some((purpose) => purposes.includes(purpose)));

interface Around extends Omit<ReadConsent, 'rule'> {
  readonly asking: Asking;
  readonly definitions: Definitions;
}

/** Where a type has no place for what a rule asks for, a permit is about none of it and a denial about all. */
const region = (rule: Provision, type: string, around: Around): Plan => {
  const { definitions, keeper } = around;
  const unknown = rule.type === 'permit' ? nothing : everything;
  if (type === 'Patient') return ofPatient(rule, around);
  return and(
    ofRecord(type, around),
    keeper === undefined ? everything : { op: 'custodian', organizations: [keeper] },
    ofClasses(rule, type, around),
    rule.references.length === 0 ? everything : among(rule.references, type),
    rule.codes.length === 0
      ? everything
      : withParams(codeParameters(type, definitions), unknown, (params) => ({
          ...{ op: 'token', params, any: rule.codes },
        })),
    rule.dataPeriod === undefined
      ? everything
      : withParams(dateParameters(type, definitions), unknown, (params) =>
          rule.type === 'permit'
            ? inside(rule.dataPeriod!, params)
            : overlapping(rule.dataPeriod!, params),
        ),
    ofLabels(rule, type, definitions),
  );
};

/** Whoever may see some of a record may know whose it is. Who the patient is, is denied with the whole record only. */
const ofPatient = (rule: Provision, { patient, keeper, asking }: Around): Plan => {
  const isServed = asking.role !== 'pharmacist' || rule.classes.includes('medications');
  if (rule.type === 'deny' ? dataLevel(rule) > 0 : !isServed) return nothing;
  return and(
    { op: 'id', ids: [patient] },
    keeper === undefined ? everything : { op: 'custodian', organizations: [keeper] },
    rule.type === 'permit' ? not(sensitive) : everything,
  );
};

/** Nothing that is in the record of another patient as well, nor of one who is not there any more. */
const ofRecord = (type: string, { patient, definitions }: Around): Plan => {
  const isThere = and({ op: 'type', types: ['Patient'] }, { op: 'id', ids: [patient] });
  return and(
    recordOf(patient, type, definitions),
    { op: 'to', params: [compartmentParam], plan: isThere },
    not(several),
  );
};

const ofClasses = (
  { type: effect, classes }: Provision,
  type: string,
  { asking, definitions }: Around,
): Plan => {
  const facets = facetsOf(
    type,
    { ...asking, there: { ...asking.there, typed: true } },
    definitions,
  );
  const isMeant = (names: readonly string[], isInEverything: boolean): boolean =>
    classes.length === 0
      ? isInEverything || effect === 'deny'
      : names.some((name) => classes.includes(name));
  return or(
    ...facets.filter((each) => isMeant(each.names, each.isInEverything)).map(({ plan }) => plan),
  );
};

const among = (references: readonly string[], type: string): Plan => {
  const ids = references.flatMap((each) => {
    const [of, id] = each.split('/');
    return of === type && id !== undefined ? [id] : [];
  });
  return ids.length === 0 ? nothing : { op: 'id', ids };
};

const withParams = (
  params: readonly string[],
  unknown: Plan,
  plan: (params: readonly string[]) => Plan,
): Plan => (params.length === 0 ? unknown : plan(params));

const inside = ({ low, high }: Interval, params: readonly string[]): Plan => ({
  ...{ op: 'date', params, prefix: 'eq', low, high },
});

/** What has no date may be of that time. */
const overlapping = ({ low, high }: Interval, params: readonly string[]): Plan =>
  and(
    not({ op: 'date', params, prefix: 'eb', low, high: low + 1 }),
    not({ op: 'date', params, prefix: 'sa', low: high - 1, high }),
  );

const ofLabels = (
  { type: effect, labels }: Provision,
  type: string,
  definitions: Definitions,
): Plan => {
  if (effect === 'deny')
    return labels.length === 0 ? everything : touched(labels, type, definitions);
  return labels.length === 0 ? not(sensitive) : labelled(labels);
};
