// Narrowing: a scope is within others when every right on every resource it means is allowed by one of them.

import { expect } from 'chai';
import { normalise } from '#src/access/scopes/normalise.ts';
import { parseScope, parseScopes } from '#src/access/scopes/parse.ts';
import { isWithin, narrow } from '#src/access/scopes/within.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';

const definitions = loadDefinitions();
const read = (text: string) => parseScope(text, definitions)!;

describe('access/scopes/within', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['patient/Observation.rs', 'patient/*.rs', true],
    ['patient/Observation.rs', 'patient/Observation.read', true],
    ['patient/Observation.rs', 'patient/Observation.r patient/Observation.s', true],
    ['patient/Observation.rs', 'patient/Observation.r', false],
    ['patient/*.rs', 'patient/Observation.rs', false],
    ['patient/Observation.rs', 'user/Observation.rs', false],
    ['patient/Observation.rs?code=a', 'patient/Observation.rs', true],
    ['patient/Observation.rs', 'patient/Observation.rs?code=a', false],
    ['patient/Observation.rs?status=final&code=a', 'patient/Observation.rs?code=a', true],
    ['patient/Observation.rs?code=b', 'patient/Observation.rs?code=a', false],
    ['patient/Observation.rs?_tag=a', 'patient/*.rs?_tag=a', true],
  ];
  for (const [asked, allowed, expected] of cases)
    it(`${asked} is ${expected ? '' : 'not '}within ${allowed}`, () => {
      const others = parseScopes(allowed.split(' '), definitions);

      expect(isWithin(read(asked), others)).to.equal(expected);
    });

  it('narrows a scope to the rights that are allowed', () => {
    const allowed = parseScopes(['patient/*.rs'], definitions);

    expect(normalise(narrow(read('patient/Observation.cruds'), allowed)!)).to.equal(
      'patient/Observation.rs',
    );
    expect(narrow(read('patient/Observation.c'), allowed)).to.equal(undefined);
  });
});
