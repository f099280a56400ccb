// Refer to: a resource that names its patient by health ID made to refer to the Patient.
// https://hl7.org/fhir/R4/references.html#logical

import { documentOf } from '../../fhir/json.ts';
import { isObject, type Document, type Resource } from '../../fhir/resource.ts';
import { containedPatients, isFragment, isLogical, isPatient, namingsIn } from './named.ts';

export interface Whom {
  /** The network's own identifier system. */
  readonly system: string;
  /** In that system; without it the reference has no identifier. */
  readonly number?: string;
  /** `Patient/1`; without it the reference stays logical. */
  readonly reference?: string;
  /** What else means the person: the `fullUrl` of a Patient in the Bundle. */
  readonly names: readonly string[];
}

/** What the source knew of the patient stays where the resource says that it is just that (sourcePatientInfo). */
export const referTo = ({ exact }: Document, whom: Whom): Document => {
  const own = containedPatients(exact)
    .filter((patient) => namingsIn(patient, whom.system).length > 0)
    .map(({ id }) => `#${id ?? ''}`);
  const change = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => change(each, name));
    if (!isObject(value) || JSON.isRawJSON(value) || name === 'contained') return value;
    if (means(value, name, { ...whom, names: [...whom.names, ...own] }))
      return referenceOf(value, whom);
    return Object.fromEntries(
      Object.entries(value).map(([each, inner]) => [each, change(inner, each)]),
    );
  };
  return documentOf(withoutUnused(change(exact, '') as Resource));
};

type Element = Readonly<Record<string, unknown>>;

const means = (value: Element, name: string, { system, names }: Whom): boolean => {
  const { reference } = value;
  if (name === 'sourcePatientInfo' && isFragment(reference)) return false;
  return isLogical(value, system) || (typeof reference === 'string' && names.includes(reference));
};

const referenceOf = (value: Element, { system, number, reference }: Whom): Element => {
  const others = Object.entries(value).filter(
    ([name]) => name !== 'reference' && name !== 'identifier',
  );
  const identifier = isObject(value['identifier']) ? value['identifier'] : {};
  return {
    ...(reference === undefined ? {} : { reference }),
    ...Object.fromEntries(others),
    ...(number === undefined ? {} : { identifier: { ...identifier, system, value: number } }),
  };
};

/** A contained Patient that nothing refers to any more may not stay (dom-3). */
const withoutUnused = (resource: Resource): Resource => {
  const contained: unknown = resource['contained'];
  if (!Array.isArray(contained)) return resource;
  const isUsed = (each: unknown): boolean => {
    if (!isPatient(each)) return true;
    const others = { ...resource, contained: contained.filter((other) => other !== each) };
    return JSON.stringify(others).includes(`"#${each.id ?? ''}"`);
  };
  const kept = contained.filter(isUsed);
  if (kept.length === contained.length) return resource;
  const members = Object.entries(resource).flatMap(([name, value]) => {
    if (name !== 'contained') return [[name, value]];
    return kept.length > 0 ? [[name, kept]] : [];
  });
  return Object.fromEntries(members) as Resource;
};
