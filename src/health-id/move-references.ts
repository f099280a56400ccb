// move-references: every resource that refers to one Patient made to refer to another.

import { documentOf, parseDocument, stringify } from '../fhir/json.ts';
import { tooCostly } from '../fhir/problem.ts';
import { isObject, type Document } from '../fhir/resource.ts';
import type { Put } from '../interactions/prepare.ts';
import { stamp } from '../interactions/stamp.ts';
import type { Context } from '../interactions/types.ts';
import type { Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import type { Version } from '../store/port.ts';

/** What was once noted of an access or a write stays as it was. */
const kept: ReadonlySet<string> = new Set(['AuditEvent', 'Provenance']);

/** Throws 400 when there are more than one commit should hold. */
export const findReferring = async (
  patient: string,
  context: Context,
): Promise<readonly Version[]> => {
  const plan: Plan = {
    op: 'reference',
    params: referenceParams(context),
    targets: [`Patient/${patient}`],
  };
  const { items } = await context.store.resources.search(plan, { sort: [], size: most + 1 });
  if (items.length > most)
    throw tooCostly(
      `More than ${String(most)} resources refer to Patient/${patient}; such a merge is not done in one step.`,
    );
  return items.filter(({ type, id }) => type !== 'Patient' || id !== patient);
};

const most = 5000;

const referenceParams = ({ registry, definitions }: Context): readonly string[] => [
  ...new Set(
    definitions.resourceTypes
      .filter((type) => !kept.has(type))
      .flatMap((type) =>
        [...registry.parameters(type).values()]
          .filter((parameter) => parameter.type === 'reference')
          .flatMap(({ code }) => valueParams(type, code, definitions)),
      ),
  ),
];

/** The document with each reference to the one Patient replaced, absolute ones to this server as well. */
export const referTo = (text: string, from: string, to: string): Document => {
  const { exact } = parseDocument(text, Infinity);
  const old = new RegExp(`^((?:https?://.*/)?)Patient/${from.replace(/\./g, '\\.')}$`);
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change);
    if (!isObject(value) || JSON.isRawJSON(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) =>
        name === 'reference' && typeof inner === 'string'
          ? [name, inner.replace(old, `$1Patient/${to}`)]
          : [name, change(inner)],
      ),
    );
  };
  return documentOf(change(exact) as Document['exact']);
};

/** The next version of a resource, kept by whom it was kept by: the record is moved, nobody has changed what it says. */
export const nextVersion = (
  previous: Version,
  document: Document,
  { registry, now }: Context,
): Put => {
  const { type, id, custodian } = previous;
  const key = { type, id };
  const version = String(Number(previous.version) + 1);
  const at = Math.max(now(), previous.at + 1);
  const { plain, exact } = stamp(document, { id, version, at });
  return {
    kind: 'put',
    version: {
      ...{ ...key, version, at, deleted: false, method: 'PUT' },
      ...(custodian === undefined ? {} : { custodian }),
      text: stringify(exact),
    },
    entries: registry.extract(plain, custodian),
    expect: [{ op: 'version', key, version: previous.version }],
  };
};
