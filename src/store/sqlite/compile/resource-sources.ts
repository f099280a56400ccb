// Where resources are found by what the store itself knows of them: type, id, time of the last change, custodian.

import type { Comparison, OfId } from '../../../search/plan.ts';
import { mostOrderedArms, type Arm, type Source } from './arm.ts';
import { custodianIs } from './holds.ts';
import { reachOf, stretchesOf } from './reach.ts';
import { typeIds, type Scope } from './scope.ts';
import { all, always, oneOf, raw, sql, type Sql } from './sql.ts';

/** Every resource, in the order of the keys: what is left when nothing else narrows a plan. */
export const everySource = (scope: Scope): Source => {
  const r = scope.alias();
  return {
    words: 'all resources',
    exact: true,
    arms: [
      {
        from: sql`resource ${r} NOT INDEXED`,
        bounds: always,
        filter: scope.rows === 'live' ? sql`${r}.type > 0` : always,
        focus: { key: sql`${r}.key`, resource: r },
        ordered: true,
      },
    ],
  };
};

export const typeSource = (types: readonly string[], scope: Scope): Source => {
  const ids = typeIds(types, scope);
  const words = `resources of type ${types.join(', ')}`;
  if (ids.length > mostOrderedArms) {
    const every = everySource(scope);
    const arm = every.arms[0]!;
    const filter = oneOf(sql`+${arm.focus.resource!}.type`, ids);
    return { ...every, words, arms: [{ ...arm, filter }] };
  }
  const arms = ids.map((id) =>
    resourceArm('resource_type', (r) => sql`${r}.type = ${id}`, 'ordered', scope),
  );
  return { words, exact: true, arms };
};

export const idSource = (
  { ids }: OfId,
  types: readonly string[] | undefined,
  scope: Scope,
): Source => {
  const r = scope.alias();
  const named =
    types === undefined
      ? sql`${r}.name IN (SELECT type.text || '/' || value FROM type CROSS JOIN json_each(${JSON.stringify(ids)}))`
      : oneOf(
          sql`${r}.name`,
          types.flatMap((type) => ids.map((id) => `${type}/${id}`)),
        );
  const arm: Arm = {
    from: sql`resource ${r} INDEXED BY resource_name`,
    bounds: named,
    filter: scope.rows === 'live' ? sql`+${r}.type > 0` : always,
    focus: { key: sql`${r}.key`, resource: r },
    ordered: false,
  };
  return { words: `ids ${ids.slice(0, 3).join(', ')}`, exact: true, arms: [arm] };
};

export const updatedSource = (
  leaf: Comparison,
  types: readonly string[] | undefined,
  scope: Scope,
): readonly Source[] => {
  const reach = reachOf(leaf);
  if (reach === undefined || scope.rows === 'kept') return [];
  const [stretch] = stretchesOf('updated', reach);
  const within = (r: Sql): Sql => stretch!.bounds(sql`${r}.updated`, sql`${r}.updated + 1`);
  const typed =
    types === undefined
      ? [(r: Sql) => sql`${r}.type IN (SELECT id FROM type)`]
      : typeIds(types, scope).map((id) => (r: Sql) => sql`${r}.type = ${id}`);
  const arms = typed.map((ofType) =>
    resourceArm('resource_updated', (r) => all([ofType(r), within(r)]), 'unordered', scope),
  );
  return [{ words: 'last updated', exact: false, arms }];
};

export const custodianSource = (
  organizations: readonly string[],
  types: readonly string[] | undefined,
  scope: Scope,
): Source => {
  const ids = types === undefined ? undefined : typeIds(types, scope);
  const ofType = (r: Sql): Sql =>
    ids !== undefined
      ? oneOf(sql`${r}.type`, ids)
      : scope.rows === 'live'
        ? sql`${r}.type > 0`
        : always;
  const ordered = organizations.length === 1 && ids?.length === 1 ? 'ordered' : 'unordered';
  const arm = resourceArm(
    'resource_custodian',
    (r) => all([custodianIs(organizations, r, scope), ofType(r)]),
    ordered,
    scope,
  );
  return { words: `custodian ${organizations.join(', ')}`, exact: true, arms: [arm] };
};

const resourceArm = (
  index: string,
  bounds: (r: Sql) => Sql,
  order: 'ordered' | 'unordered',
  scope: Scope,
): Arm => {
  const r = scope.alias();
  return {
    from: sql`resource ${r} INDEXED BY ${raw(index)}`,
    bounds: bounds(r),
    filter: always,
    focus: { key: sql`${r}.key`, resource: r },
    ordered: order === 'ordered',
  };
};
