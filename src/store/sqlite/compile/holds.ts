// holds: a plan as a condition on one resource that some other part of the statement has found.

import type { Composite, From, OfId, Plan, Present, To, ValueLeaf } from '../../../search/plan.ts';
import type { EntryKind } from '../../../search/entry.ts';
import { compares } from './comparison.ts';
import { live, paramIds, typeIds, type Scope } from './scope.ts';
import { all, always, any, join, negation, never, oneOf, sql, type Sql } from './sql.ts';
import { valueCondition } from './values.ts';

/**
 * The resource in question: its key, and the alias of its row of `resource` where the statement has that at hand. Under
 * `live` rows it is never a deleted one; whoever finds resources sees to that.
 */
export interface Focus {
  readonly key: Sql;
  readonly resource?: Sql;
}

export const holds = (plan: Plan, focus: Focus, scope: Scope): Sql => {
  switch (plan.op) {
    case 'everything':
      return always;
    case 'nothing':
      return never;
    case 'and':
      return all(plan.plans.map((part) => holds(part, focus, scope)));
    case 'or':
      return any(chainsLast(plan.plans).map((part) => holds(part, focus, scope)));
    case 'not':
      return negation(holds(plan.plan, focus, scope));
    case 'type':
      return ofResource(focus, scope, (r) => oneOf(sql`${r}.type`, typeIds(plan.types, scope)));
    case 'id':
      return ofResource(focus, scope, (r) => idIs(plan, r));
    case 'updated':
      return ofResource(focus, scope, (r) =>
        compares('date', sql`+${r}.updated`, sql`+${r}.updated + 1`, plan),
      );
    case 'custodian':
      return ofResource(focus, scope, (r) => custodianIs(plan.organizations, r, scope));
    case 'present':
      return present(plan, focus, scope);
    case 'composite':
      return composite(plan, focus, scope);
    case 'to':
      return to(plan, focus, scope);
    case 'from':
      return from(plan, focus, scope);
    default:
      return hasRow({ kind: plan.op, params: plan.params }, focus, scope, (t) =>
        valueCondition(plan, t, scope),
      );
  }
};

/** SQLite asks alternatives in turn until one holds: what is said of the resource itself comes before what others say. */
const chainsLast = (plans: readonly Plan[]): readonly Plan[] =>
  plans.some(isChain)
    ? [...plans.filter((plan) => !isChain(plan)), ...plans.filter(isChain)]
    : plans;

const isChain = ({ op }: Plan): boolean => op === 'to' || op === 'from';

const ofResource = (focus: Focus, scope: Scope, condition: (resource: Sql) => Sql): Sql => {
  if (focus.resource !== undefined) return condition(focus.resource);
  const r = scope.alias();
  const wanted = condition(r);
  if (wanted === never) return never;
  return sql`EXISTS (SELECT 1 FROM resource ${r} WHERE ${r}.key = ${focus.key} AND ${wanted})`;
};

/** The name is `Type/id`, and no type has a '/' in it. */
const idIs = ({ ids }: OfId, r: Sql): Sql =>
  oneOf(sql`substr(${r}.name, instr(${r}.name, '/') + 1)`, ids);

export const custodianIs = (organizations: readonly string[], r: Sql, scope: Scope): Sql => {
  const known = organizations.flatMap((organization) => scope.names.find(organization) ?? []);
  const wanted = oneOf(sql`${r}.custodian`, known);
  return wanted === never ? never : sql`${r}.custodian IS NOT NULL AND ${wanted}`;
};

const present = (plan: Present, focus: Focus, scope: Scope): Sql =>
  hasRow(plan, focus, scope, () => always);

/** Some row of the resource, of one of the params, meets the condition. */
const hasRow = (
  { kind, params }: Pick<Present, 'kind' | 'params'>,
  focus: Focus,
  scope: Scope,
  condition: (row: Sql) => Sql,
): Sql => {
  const t = scope.alias();
  const wanted = all([paramIs(params, t, scope), condition(t)]);
  if (wanted === never) return never;
  return sql`EXISTS (SELECT 1 FROM ${tables[kind]} ${t} WHERE ${t}.key = ${focus.key} AND ${wanted})`;
};

/** With several params the few rows of the resource are looked at rather than each param sought for. */
const paramIs = (params: readonly string[], t: Sql, scope: Scope): Sql => {
  const ids = paramIds(params, scope);
  return oneOf(ids.length === 1 ? sql`${t}.param` : sql`+${t}.param`, ids);
};

const tables: Readonly<Record<EntryKind, Sql>> = {
  token: sql`token`,
  string: sql`string`,
  reference: sql`reference`,
  uri: sql`uri`,
  date: sql`date`,
  number: sql`number`,
};

const composite = ({ parts }: Composite, focus: Focus, scope: Scope): Sql => {
  const rows = parts.map((part) => ({ part, t: scope.alias() }));
  const conditions = rows.map(({ part, t }) => partIs(part, t, focus, scope));
  if (conditions.includes(never)) return never;
  const first = rows[0]!.t;
  const same = rows.slice(1).map(({ t }) => sql`${t}.n = ${first}.n`);
  const sources = join(
    rows.map(({ part, t }) => sql`${tables[part.op]} ${t}`),
    ' CROSS JOIN ',
  );
  return sql`EXISTS (SELECT 1 FROM ${sources} WHERE ${all([...conditions, ...same])})`;
};

const partIs = (part: ValueLeaf, t: Sql, focus: Focus, scope: Scope): Sql =>
  all([
    sql`${t}.key = ${focus.key}`,
    paramIs(part.params, t, scope),
    valueCondition(part, t, scope),
  ]);

/** A reference of the resource leads to one that holds. */
const to = (plan: To, focus: Focus, scope: Scope): Sql => {
  const t = scope.alias();
  const r = scope.alias();
  const refers = paramIs(plan.params, t, scope);
  if (refers === never) return never;
  const condition = all([
    refers,
    holds(plan.plan, { key: sql`${r}.key`, resource: r }, live(scope)),
  ]);
  if (condition === never) return never;
  return sql`EXISTS (SELECT 1 FROM reference ${t} CROSS JOIN resource ${r} WHERE ${t}.key = ${focus.key} AND ${r}.name = ${t}.target AND ${r}.type > 0 AND ${condition})`;
};

/** Something that holds refers to the resource. */
const from = (plan: From, focus: Focus, scope: Scope): Sql => {
  const r = focus.resource ?? scope.alias();
  const t = scope.alias();
  const params = paramIds(plan.params, live(scope));
  if (params.length === 0) return never;
  const condition = all([
    oneOf(sql`${t}.param`, params),
    // There may be very many of them.
    sql`tick(${t}.key)`,
    holds(plan.plan, { key: sql`${t}.key` }, live(scope)),
  ]);
  if (condition === never) return never;
  const refers = sql`reference ${t} INDEXED BY reference_value`;
  if (focus.resource !== undefined)
    return sql`EXISTS (SELECT 1 FROM ${refers} WHERE ${t}.target = ${r}.name AND ${condition})`;
  return sql`EXISTS (SELECT 1 FROM resource ${r} CROSS JOIN ${refers} WHERE ${r}.key = ${focus.key} AND ${t}.target = ${r}.name AND ${condition})`;
};
