// Scopes: version 1 and 2, wildcards and granular ones as SMART writes them; whatever else is no scope.

import { expect } from 'chai';
import { normalise } from '#src/access/scopes/normalise.ts';
import { parseScope, parseScopes } from '#src/access/scopes/parse.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';

const definitions = loadDefinitions();
const spelled = (text: string) => {
  const scope = parseScope(text, definitions);
  return scope && normalise(scope);
};

describe('access/scopes/parse', () => {
  const known: readonly (readonly [string, string])[] = [
    ['patient/Observation.rs', 'patient/Observation.rs'],
    ['patient/Observation.read', 'patient/Observation.rs'],
    ['user/Observation.write', 'user/Observation.cud'],
    ['system/*.*', 'system/*.cruds'],
    ['user/*.cruds', 'user/*.cruds'],
    ['patient/*.s?_tag=a', 'patient/*.s?_tag=a'],
    [
      'patient/Observation.rs?category=http://x|laboratory',
      'patient/Observation.rs?category=http%3A%2F%2Fx%7Claboratory',
    ],
    ['patient/Observation.s?status=final&code=a', 'patient/Observation.s?code=a&status=final'],
    ['patient/Observation.s?code=a&code=a', 'patient/Observation.s?code=a'],
    ['patient/Condition.rs?code:in=http://vs', 'patient/Condition.rs?code%3Ain=http%3A%2F%2Fvs'],
  ];
  for (const [text, normal] of known)
    it(`reads ${text}`, () => {
      expect(spelled(text)).to.equal(normal);
    });

  const strange = [
    'openid',
    'launch/patient',
    'patient/Observation.sr',
    'patient/Observation.rr',
    'patient/Observation.',
    'patient/Observation.x',
    'patient/Observation.constructor',
    'patient/Observation',
    'patient/observation.rs',
    'patient/Observations.rs',
    'patients/Observation.rs',
    'group/Observation.rs',
    'patient/Observation.rs?',
    'patient/Observation.rs?colour=red',
    'patient/Observation.rs?category=',
    'patient/Observation.rs?category=%zz',
    'patient/Observation.rs?_include=Observation:subject',
    'patient/Observation.rs?_count=5',
    'patient/Observation.rs?subject.name=x',
    'patient/Observation.rs?_has:Provenance:target:agent=x',
    'patient/Observation.read?category=laboratory',
    'patient/*.rs?category=laboratory',
    'patient/Location.rs?near=1|2',
    ' patient/Observation.rs',
    'patient/Observation.rs ',
  ];
  for (const text of strange)
    it(`takes '${text}' for no resource scope`, () => {
      expect(parseScope(text, definitions)).to.equal(undefined);
    });

  it('takes no more granular scopes than can be worked out, and all that are not granular', () => {
    const many = (scope: string, count: number): readonly string[] =>
      Array.from({ length: count }, (_, n) => `${scope}${String(n)}`);
    const wild = parseScopes(
      [...many('patient/*.rs?_tag=c', 400), 'patient/Patient.rs'],
      definitions,
    );
    const single = parseScopes(many('patient/Observation.rs?code=c', 400), definitions);

    expect(wild.length).to.be.within(5, 20);
    expect(wild.at(-1)?.type).to.equal('Patient');
    expect(single).to.have.length(400);
  });
});
