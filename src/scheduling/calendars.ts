// calendars: Schedules with their rules, and with those whose visits exclude theirs, because nobody can be in two places.

import type { Resource } from '../fhir/resource.ts';
import type { Context } from '../interactions/types.ts';
import { and, or, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import type { Version } from '../store/port.ts';
import { soundRules, type Rules } from './rules.ts';

export interface Calendar {
  readonly id: string;
  readonly version: Version;
  readonly resource: Resource;
  readonly rules: Rules;
  /** This Schedule and all others of the same practitioners (`Schedule/1`), and who keeps each. */
  readonly beside: ReadonlyMap<string, string | undefined>;
}

/** Those of the Schedules that offer visits by rules. Rules that make no sense offer none. */
export const openCalendars = async (
  schedules: readonly Version[],
  context: Context,
): Promise<readonly Calendar[]> => {
  const read = schedules.flatMap((version) => openOne(version));
  const people = await practitionersOf(
    read.map(({ resource }) => resource),
    context,
  );
  const all = await schedulesOf([...new Set(people.flat())], context);
  const whose = await practitionersOf(all.map(resourceOf), context);
  return read.map((each, place) => ({
    ...each,
    beside: new Map([
      [`Schedule/${each.id}`, each.version.custodian],
      ...all
        .filter((_, other) => whose[other]!.some((who) => people[place]!.includes(who)))
        .map(({ id, custodian }) => [`Schedule/${id}`, custodian] as const),
    ]),
  }));
};

const resourceOf = ({ text }: Version): Resource => JSON.parse(text) as Resource;

const openOne = (version: Version): readonly Omit<Calendar, 'beside'>[] => {
  const resource = resourceOf(version);
  if (resource['active'] === false) return [];
  const rules = soundRules(resource);
  return rules ? [{ id: version.id, version, resource, rules }] : [];
};

const actorsOf = (schedule: Resource, type: string): readonly string[] =>
  ((schedule['actor'] ?? []) as readonly { readonly reference?: string }[]).flatMap(
    ({ reference = '' }) => (reference.startsWith(`${type}/`) ? [reference] : []),
  );

/** By Schedule: the practitioners it is of, by themselves or in one of their roles. */
const practitionersOf = async (
  schedules: readonly Resource[],
  { store }: Context,
): Promise<readonly (readonly string[])[]> => {
  const roles = [...new Set(schedules.flatMap((each) => actorsOf(each, 'PractitionerRole')))];
  const found = await store.resources.read(roles.map(keyOf));
  const persons = new Map(roles.map((role, place) => [role, personOf(found[place])]));
  return schedules.map((each) => [
    ...actorsOf(each, 'Practitioner'),
    ...actorsOf(each, 'PractitionerRole').flatMap((role) => persons.get(role) ?? []),
  ]);
};

const keyOf = (reference: string) => ({
  type: reference.slice(0, reference.indexOf('/')),
  id: reference.slice(reference.indexOf('/') + 1),
});

const personOf = (role: Version | undefined): readonly string[] => {
  if (!role || role.deleted) return [];
  const { practitioner } = JSON.parse(role.text) as { practitioner?: { reference?: string } };
  return practitioner?.reference === undefined ? [] : [practitioner.reference];
};

const schedulesOf = async (
  people: readonly string[],
  { store, definitions }: Context,
): Promise<readonly Version[]> => {
  if (people.length === 0) return [];
  const params = valueParams('Schedule', 'actor', definitions);
  const inRole: Plan = and(
    { op: 'type', types: ['PractitionerRole'] },
    {
      ...{ op: 'reference', targets: people },
      params: valueParams('PractitionerRole', 'practitioner', definitions),
    },
  );
  const plan = and(
    { op: 'type', types: ['Schedule'] },
    or({ op: 'reference', params, targets: people }, { op: 'to', params, plan: inRole }),
  );
  const { items } = await store.resources.search(plan, { sort: [], size: mostSchedules });
  return items;
};

const mostSchedules = 1000;
