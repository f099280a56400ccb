// Descriptions: what a person reads on the consent screen.

import { expect } from 'chai';
import { describeScope } from '#src/access/scopes/describe.ts';
import { parseScope } from '#src/access/scopes/parse.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';

const definitions = loadDefinitions();

describe('access/scopes/describe', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['patient/Observation.rs', 'See and search your test results and measurements'],
    ['patient/*.read', 'See and search your health records of every kind'],
    [
      'patient/Condition.cruds',
      'See, search, add to, change and delete your health problems and diagnoses',
    ],
    [
      'patient/Observation.s?category=http://x|laboratory,vital-signs',
      'Search your test results and measurements (category is laboratory or vital-signs)',
    ],
    [
      'patient/Observation.s?category:not=laboratory',
      'Search your test results and measurements (category is not laboratory)',
    ],
    ['patient/NutritionOrder.c', 'Add to your nutrition order'],
  ];
  for (const [text, sentence] of cases)
    it(`says of ${text}: ${sentence}`, () => {
      expect(describeScope(parseScope(text, definitions)!, 'your').sentence).to.equal(sentence);
    });

  it('knows what changes records', () => {
    const changes = (text: string) => describeScope(parseScope(text, definitions)!, '').changes;

    expect(changes('patient/Goal.rs')).to.equal(false);
    expect(changes('patient/Goal.d')).to.equal(true);
  });
});
