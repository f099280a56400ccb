// Attached: a Binary is seen by whoever sees a resource that refers to it, never for its id alone; and where it names a security
// context, by whoever sees that.
// https://hl7.org/fhir/R4/binary.html#security

import { attachmentParam, securityContextParam } from '../search/attachments.ts';
import { and, not, nothing, or, type Plan } from '../search/plan.ts';

/** What is visible of each type. */
export type Visible = (type: string) => Plan;

export const attached = (types: readonly string[], visible: Visible): Plan => {
  const seen = across(types, visible);
  return seen.op === 'nothing' ? nothing : { op: 'from', params: [attachmentParam], plan: seen };
};

export const inItsContext = (types: readonly string[], visible: Visible): Plan =>
  or(not({ op: 'present', kind: 'reference', params: [securityContextParam] }), {
    ...{ op: 'to', params: [securityContextParam] },
    plan: across(types, visible),
  });

/** One plan over all types; types that are seen alike are asked together. */
const across = (types: readonly string[], visible: Visible): Plan =>
  or(
    ...[...Map.groupBy(types, visible)].map(([plan, alike]) =>
      and({ op: 'type', types: alike }, plan),
    ),
  );
