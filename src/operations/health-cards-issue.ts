// Patient/$health-cards-issue: SMART Health Cards of what the caller may see of this patient: who it is, vaccinations, results.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/OperationDefinition-patient-i-health-cards-issue.html

import type { Permit } from '../access/permit.ts';
import { readDateRange } from '../fhir/date.ts';
import { invalid } from '../fhir/problem.ts';
import { identityClaims, usualClaims, type IdentityClaim } from '../health-id/card/identity.ts';
import type { CardGroup, IssueCards, IssuedCard } from '../health-id/card/issue-cards.ts';
import { writeNumeric } from '../health-id/card/numeric.ts';
import { checkMay } from '../interactions/may.ts';
import type { FhirRequest, Handler } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import { isKind, kindsOfCards, readCardTypes, type CardKind } from './health-cards/card-types.ts';
import { findContent, type Content } from './health-cards/find-content.ts';
import { groupContent, readValueSets } from './health-cards/group-content.ts';
import { readPatient } from './health-cards/read-patient.ts';
import {
  answer,
  answerWith,
  readInputs,
  readText,
  readTexts,
  type InputParameter,
  type Inputs,
  type OutputParameter,
} from './parameters.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [
  { name: 'credentialType', type: 'uri', repeats: true },
  { name: 'credentialValueSet', type: 'uri', repeats: true },
  { name: 'includeIdentityClaim', type: 'string', repeats: true },
  { name: '_since', type: 'dateTime' },
];

const issueWith =
  (issue: IssueCards): Handler =>
  async (request, permit, context) => {
    const inputs = readInputs(request, table);
    const asked = readCardTypes(readTexts(inputs, 'credentialType'), context.definitions);
    const claims = readClaims(inputs);
    const since = readSince(inputs);
    const valueSets = await readValueSets(readTexts(inputs, 'credentialValueSet'), context);
    for (const type of asked === 'any' ? [] : asked.filter(isKind))
      checkMay(['search'], type, permit);
    const patient = await readPatient(request, permit.filter('Patient', 'read'), context);

    const kinds = asked === 'any' ? mayInclude(permit) : asked;
    const sought = { patient: patient.version.id, base: request.base, since };
    const found = await findContent(kinds.filter(isKind), sought, permit, context);
    const groups = groupContent(found, { asked, valueSets });
    const cards = await issue({ patient: patient.resource, claims, groups });
    return answerCards(request, cards, shownBy(patient.version, found, groups));
  };

/** Whoever wants just any card gets those the caller's rights are enough for. */
const mayInclude = (permit: Permit): readonly CardKind[] =>
  kindsOfCards().filter((type) => permit.allows('search', type));

const readClaims = (inputs: Inputs): readonly IdentityClaim[] => {
  const given = readTexts(inputs, 'includeIdentityClaim');
  if (given.length === 0) return usualClaims;
  const known = identityClaims();
  const strange = given.find((claim) => !known.some((each) => each === claim));
  if (strange === undefined) return known.filter((claim) => given.includes(claim));
  throw invalid(
    `'${strange}' is not a claim this server puts into a card; possible: ${known.join(', ')}.`,
    'includeIdentityClaim',
  );
};

const readSince = (inputs: Inputs): string | undefined => {
  const text = readText(inputs, '_since');
  if (text === undefined || readDateRange(text)) return text;
  throw invalid(`'_since' must be a date such as 2024-05-01, not '${text}'.`, '_since');
};

const shownBy = (
  patient: Version,
  found: readonly Content[],
  groups: readonly CardGroup[],
): readonly Version[] => {
  const inside = new Set(groups.flatMap(({ resources }) => resources));
  const shown = found.filter(({ resource }) => inside.has(resource));
  return groups.length === 0 ? [] : [patient, ...shown.map(({ version }) => version)];
};

const answerCards = (
  { base }: FhirRequest,
  cards: readonly IssuedCard[],
  shown: readonly Version[],
) => {
  // "If no results are available, a Parameters resource without any parameter is returned."
  if (cards.length === 0) return { ...answer({ resourceType: 'Parameters' }), shown };
  const credentials = cards.map(({ jws }): OutputParameter => ({
    ...{ name: 'verifiableCredential', valueString: jws, ...besideCard(jws) },
  }));
  const links = cards.flatMap((card, at) =>
    card.links.map(({ bundled, stored }): OutputParameter => ({
      name: 'resourceLink',
      part: [
        { name: 'vcIndex', valueInteger: at },
        { name: 'bundledResource', valueUri: bundled },
        { name: 'hostedResource', valueUri: `${base}/${stored}` },
      ],
    })),
  );
  return { ...answerWith([...credentials, ...links]), shown };
};

/** Few scanners read several codes, so that what is too long for one has none. */
const besideCard = (jws: string): Pick<OutputParameter, 'extension'> => {
  const [code = '', ...more] = writeNumeric(jws);
  return more.length > 0 ? {} : { extension: [{ url: cardQrUrl, valueString: code }] };
};

export const cardQrUrl = 'https://meridian.example/StructureDefinition/card-qr';

export const healthCardsIssue = (issue: IssueCards): Operation => ({
  name: '$health-cards-issue',
  definition:
    'http://hl7.org/fhir/uv/smart-health-cards-and-links/OperationDefinition/patient-i-health-cards-issue',
  levels: ['instance'],
  types: ['Patient'],
  affectsState: false,
  right: 'read',
  handler: issueWith(issue),
});
