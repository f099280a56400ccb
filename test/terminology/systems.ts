// Small code systems and value sets for the tests of terminology.

import type { CanonicalResource } from '../../src/fhir/definitions/types.ts';
import { buildTerminology } from '../../src/terminology/build.ts';
import type { LocalTerminology } from '../../src/terminology/types.ts';

export const animals: CanonicalResource & { url: string } = {
  resourceType: 'CodeSystem',
  ...{ url: 'http://example.org/animals', version: '1', name: 'Animals', status: 'active' },
  ...{ content: 'complete', caseSensitive: true, hierarchyMeaning: 'is-a' },
  property: [
    { code: 'legs', type: 'integer' },
    { code: 'status', type: 'code' },
    { code: 'isA', uri: 'http://hl7.org/fhir/concept-properties#parent', type: 'code' },
  ],
  concept: [
    {
      code: 'animal',
      display: 'Animal',
      property: [{ code: 'notSelectable', valueBoolean: true }],
      concept: [
        {
          code: 'mammal',
          display: 'Mammal',
          concept: [
            {
              code: 'dog',
              display: 'Dog',
              designation: [{ language: 'de', value: 'Hund' }],
              property: [{ code: 'legs', valueInteger: 4 }],
            },
            { code: 'whale', display: 'Whale', property: [{ code: 'legs', valueInteger: 0 }] },
          ],
        },
        { code: 'bird', display: 'Bird', property: [{ code: 'legs', valueInteger: 2 }] },
        { code: 'dodo', display: 'Dodo', property: [{ code: 'status', valueCode: 'retired' }] },
      ],
    },
    { code: 'bat', display: 'Bat', property: [{ code: 'isA', valueCode: 'mammal' }] },
  ],
};

export const colours: CanonicalResource = {
  resourceType: 'CodeSystem',
  ...{
    url: 'http://example.org/colours',
    status: 'active',
    content: 'complete',
    caseSensitive: false,
  },
  concept: [
    { code: 'Red', display: 'Red' },
    { code: 'Green', display: 'Green' },
  ],
};

export const fragment: CanonicalResource = {
  resourceType: 'CodeSystem',
  ...{ url: 'http://snomed.info/sct', status: 'active', content: 'fragment', caseSensitive: true },
  concept: [{ code: '1', display: 'Finding', concept: [{ code: '2', display: 'Fever' }] }],
};

let number = 0;

/** A value set of the given compose, with a url of its own. */
export const valueSet = (
  compose: object,
  more: object = {},
): CanonicalResource & { url: string } => {
  number += 1;
  return {
    resourceType: 'ValueSet',
    url: `http://example.org/vs/${String(number)}`,
    status: 'active',
    compose,
    ...more,
  };
};

/** Terminology over these resources alone. */
export const terminologyOf = (...resources: readonly CanonicalResource[]): LocalTerminology => {
  const byUrl = new Map([animals, colours, fragment, ...resources].map((each) => [each.url, each]));
  return buildTerminology((url) => Promise.resolve(byUrl.get(url.replace(/\|.*$/, ''))));
};
