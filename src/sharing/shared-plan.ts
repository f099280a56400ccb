// shared-plan: which resources of a type Consents and emergencies let somebody see, as a plan that the store evaluates in the
// query itself: from the resource to its patient, and from there to the Consents in force.

import { recordOf } from '../access/regions.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import { compartmentParam } from '../search/build-registry.ts';
import { and, not, nothing, or, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import type { Asking } from './asking.ts';
import { anyKeeper, consentsWith } from './consents.ts';
import { facetsOf, type Facet } from './facets.ts';
import { anyPurpose, everybody, keyOf, single, type Key } from './keys.ts';
import { isShareable } from './kinds.ts';
import { isWider, type Level } from './level.ts';
import { withheld } from './sensitive.ts';
import { rulesOf, type SingleRule } from './single.ts';

export const createSharedPlan = (
  asking: Asking,
  definitions: Definitions,
): ((type: string) => Plan) => {
  const rules = asking.there.singles.flatMap((each) => rulesOf(each, asking, definitions));
  const around: Around = { asking, definitions, rules };
  return (type) => {
    if (type !== 'Patient' && !isShareable(type, definitions)) return nothing;
    return or(byConsents(type, around), inEmergencies(type, around));
  };
};

interface Around {
  readonly asking: Asking;
  readonly definitions: Definitions;
  readonly rules: readonly SingleRule[];
}

const inEmergencies = (type: string, { asking, definitions }: Around): Plan =>
  or(...asking.emergencies.map(({ patient }) => recordOf(patient, type, definitions)));

/** What an organization keeps its own Consents speak for as well. */
const byConsents = (type: string, around: Around): Plan => {
  const { keepers, isMoreKeepers } = around.asking.there;
  const facets = facetsOf(type, around.asking, around.definitions);
  if (facets.length === 0) return nothing;
  const asked = (keeper?: string): Plan =>
    and(
      or(
        and(
          or(...facets.map((facet) => and(facet.plan, byKeys({ type, facet, keeper }, around)))),
          not(withheld),
          not(hidden(type, keeper, around)),
        ),
        bySingles({ type, facets, keeper }, around),
      ),
      not(unread(type, around)),
    );
  const others =
    keepers.length === 0 ? [] : [not({ op: 'custodian', organizations: keepers } as const)];
  return or(
    and(...others, asked(isMoreKeepers ? anyKeeper : undefined)),
    ...keepers.map((keeper) => and({ op: 'custodian', organizations: [keeper] }, asked(keeper))),
  );
};

/** Keys of one level. */
interface Group {
  readonly level: Level;
  readonly keys: readonly string[];
}

interface Part {
  readonly type: string;
  readonly keeper: string | undefined;
}

/** By what keys say whole. Permits that the same denials beat go together. */
const byKeys = (
  { type, facet, keeper }: Part & { readonly facet: Facet },
  around: Around,
): Plan => {
  const { rules, definitions, asking } = around;
  const denials = denialsOf(facet, type, around);
  const { at } = asking;
  const own = keeper === anyKeeper ? undefined : keeper;
  const given = (keys: readonly string[], keptBy: string | undefined) =>
    givenBy(consentsWith(keys, { keeper: keptBy, at }), definitions);
  const permits = permitsOf(facet, around).map(({ level, keys }) => {
    const beats = (each: { readonly level: Level }): boolean => !isWider(each.level, level);
    const denied = denials.filter(beats).flatMap((each) => each.keys);
    const singles = rules.filter((rule) => rule.type === 'deny' && beats(rule));
    return { keys, denied, singles };
  });
  const alike = Map.groupBy(permits, ({ denied, singles }) =>
    JSON.stringify([denied, singles.map((rule) => rules.indexOf(rule))]),
  );
  const parts = [...alike.values()].map((group) => {
    const { denied, singles } = group[0]!;
    const permitted = given(
      group.flatMap(({ keys }) => keys),
      own,
    );
    const ofPatient = and(permitted, not(given(denied, keeper)));
    return and(inSome(type, ofPatient), not(or(...singles.map((rule) => rule.plan(type)))));
  });
  return or(...parts);
};

/** By Consents that were read one by one. */
const bySingles = (
  { type, facets, keeper }: Part & { readonly facets: readonly Facet[] },
  around: Around,
): Plan => {
  const { rules, definitions, asking } = around;
  const speaking = { keeper, at: asking.at };
  const permits = rules.filter((rule) => rule.type === 'permit');
  return or(
    ...permits.map((permit) => {
      const { level } = permit;
      const singles = rules.filter((rule) => rule.type === 'deny' && !isWider(rule.level, level));
      const blocked = facets.map((facet) => {
        const blocking = denialsOf(facet, type, around).filter(
          (each) => !isWider(each.level, level),
        );
        const keys = blocking.flatMap((each) => each.keys);
        return and(facet.plan, inSome(type, givenBy(consentsWith(keys, speaking), definitions)));
      });
      const isHidden = isWider({ data: 3, actor: 0 }, level)
        ? nothing
        : hidden(type, keeper, around);
      return and(
        permit.plan(type),
        not(or(...singles.map((rule) => rule.plan(type)), ...blocked, isHidden)),
      );
    }),
  );
};

const permitsOf = ({ names, isInEverything }: Facet, { asking }: Around): readonly Group[] =>
  actorsOf(asking)
    .filter(({ isPermitted }) => isPermitted)
    .flatMap(({ actors, level: actor }) => [
      {
        level: { data: 0, actor },
        keys: isInEverything ? keys('permit', actors, ['everything'], asking) : [],
      },
      { level: { data: 1, actor }, keys: keys('permit', actors, names, asking) },
    ]);

/** Who a patient is, is denied with everything only. */
const denialsOf = ({ names }: Facet, type: string, { asking }: Around): readonly Group[] => {
  const kinds = type === 'Patient' ? [] : names;
  const { denials } = asking.there;
  const everyone = { actors: [everybody], level: 0, isDenied: denials.everybody };
  const denied = [everyone, ...actorsOf(asking)].filter(({ isDenied }) => isDenied);
  const whole = denied.flatMap(({ actors, level: actor }) => [
    { level: { data: 0, actor }, keys: keys('deny', actors, ['everything'], asking) },
    { level: { data: 1, actor }, keys: keys('deny', actors, kinds, asking) },
  ]);
  if (type === 'Patient' || !denials.everybody) return whole;
  const some = keys('deny-some', [everybody], ['everything', ...kinds], asking);
  return [...whole, { level: { data: 3, actor: 0 }, keys: some }];
};

const actorsOf = ({ organization, persons, there: { permits, denials } }: Asking) => [
  {
    ...{ actors: organization === undefined ? [] : [organization], level: 1 },
    ...{ isPermitted: permits.organization, isDenied: denials.organization },
  },
  { actors: persons, level: 2, isPermitted: permits.person, isDenied: denials.person },
];

const keys = (
  type: Key['type'],
  actors: readonly string[],
  names: readonly string[],
  { purposes }: Asking,
): readonly string[] =>
  actors.flatMap((actor) =>
    names.flatMap((named) =>
      [anyPurpose, ...purposes].map((purpose) => keyOf({ type, actor, named, purpose })),
    ),
  );

/** Patients who gave one of the Consents, or about whom it was given. */
const givenBy = (consents: Plan, definitions: Definitions): Plan =>
  consents.op === 'nothing'
    ? nothing
    : { op: 'from', params: valueParams('Consent', 'patient', definitions), plan: consents };

/** Of patients, or in the record of one. */
const inSome = (type: string, ofPatient: Plan): Plan => {
  if (type === 'Patient' || ofPatient.op === 'nothing') return ofPatient;
  return { op: 'to', params: [compartmentParam], plan: ofPatient };
};

/** Single resources that a patient keeps from everybody. Who writes such a rule may see the resource. */
const hidden = (type: string, keeper: string | undefined, around: Around): Plan => {
  const { asking, definitions } = around;
  if (type === 'Patient' || !asking.there.hiding) return nothing;
  const denying = keys('deny-data', [everybody], ['any'], asking);
  return {
    ...{ op: 'from', params: valueParams('Consent', 'data', definitions) },
    plan: consentsWith(denying, { keeper, at: asking.at }),
  };
};

/** Where there are more Consents than are read, patients of whom one was not read share nothing: it could deny. */
const unread = (type: string, { asking, definitions }: Around): Plan => {
  const { isMore, read } = asking.there;
  if (!isMore) return nothing;
  const named = [asking.organization, ...asking.persons].filter((each) => each !== undefined);
  const consents = consentsWith(named.map(single), { keeper: anyKeeper, at: asking.at });
  return inSome(type, givenBy(and(consents, not({ op: 'id', ids: read })), definitions));
};
