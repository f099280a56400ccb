// group-content: which records go into one card. "Issuers SHOULD only combine distinct data elements … when … required."
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#granular-sharing

import { notSupported } from '../../fhir/problem.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { CardGroup } from '../../health-id/card/issue-cards.ts';
import type { Context } from '../../interactions/types.ts';
import type { Membership } from '../../terminology/types.ts';
import { isKind, type AskedTypes } from './card-types.ts';
import type { Content } from './find-content.ts';

/** Throws 400 for a value set that is not here: leaving it out would put more into the card than its holder wanted. */
export const readValueSets = (
  urls: readonly string[],
  { terminology }: Pick<Context, 'terminology'>,
): Promise<readonly Membership[]> =>
  Promise.all(
    urls.map(async (url) => {
      const found = await terminology.valueSet(url);
      if (found) return found.contains;
      throw notSupported(
        `The value set '${url}' is not known to this server; store it as a ValueSet, or leave 'credentialValueSet' out.`,
        'credentialValueSet',
      );
    }),
  );

export interface Wanted {
  readonly asked: AskedTypes;
  readonly valueSets: readonly Membership[];
}

/**
 * One vaccination target or one kind of test goes into one card, so that its holder can show it without the others. What was asked
 * for together stays together, and then each of the wanted types and value sets must be there.
 */
export const groupContent = (
  found: readonly Content[],
  { asked, valueSets }: Wanted,
): readonly CardGroup[] => {
  const identity: CardGroup = { resources: [] };
  const isIn = ({ resource }: Content, contains: Membership): boolean =>
    codingsOf(codeOf(resource)).some((coding) => contains(coding) === true);
  const fitting =
    valueSets.length === 0
      ? found
      : found.filter((each) => valueSets.some((contains) => isIn(each, contains)));
  if (!valueSets.every((contains) => fitting.some((each) => isIn(each, contains)))) return [];
  if (asked === 'any') return [...(valueSets.length === 0 ? [identity] : []), ...apart(fitting)];
  const types = asked.filter((type) => type !== 'Patient');
  if (types.length === 0) return valueSets.length === 0 ? [identity] : [];
  const isComplete = types.every(
    (type) => isKind(type) && fitting.some((each) => each.type === type),
  );
  if (!isComplete) return [];
  return types.length > 1 || valueSets.length > 1
    ? [{ resources: fitting.map(({ resource }) => resource), isOne: true }]
    : apart(fitting);
};

const apart = (found: readonly Content[]): readonly CardGroup[] =>
  [...Map.groupBy(found, ({ resource }) => subjectMatterOf(resource)).values()].map((group) => ({
    resources: group.map(({ resource }) => resource),
  }));

/** What a vaccination is against, where that is said; else the vaccine or the test. */
const subjectMatterOf = (resource: Resource): string => {
  const protocols: readonly unknown[] = Array.isArray(resource['protocolApplied'])
    ? resource['protocolApplied']
    : [];
  const targets = protocols
    .filter(isObject)
    .flatMap(({ targetDisease }): readonly unknown[] =>
      Array.isArray(targetDisease) ? targetDisease : [],
    );
  const codings = targets.flatMap(codingsOf);
  const [first] = codings.length > 0 ? codings : codingsOf(codeOf(resource));
  return `${resource.resourceType} ${first?.system ?? ''}|${first?.code ?? ''}`;
};

const codeOf = (resource: Resource): unknown => resource['vaccineCode'] ?? resource['code'];

interface Coding {
  readonly system?: string;
  readonly code?: string;
}

const codingsOf = (concept: unknown): readonly Coding[] => {
  const coding = isObject(concept) ? concept['coding'] : undefined;
  return Array.isArray(coding) ? coding.filter(isObject) : [];
};
