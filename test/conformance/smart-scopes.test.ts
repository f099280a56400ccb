// 91 requests under SMART scopes, transcribed from Microsoft's end-to-end tests: each finds what its scopes grant and nothing
// else. Those whose expectation is Microsoft's policy, or has lost its question in transcription, say what is answered here.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html

import { expect } from 'chai';
import type { Caller } from '../../src/access/caller.ts';
import { engines, type Opened } from '../contract/support/engines.ts';
import { openInside, type Answered, type Inside } from '../support/rights.ts';
import { describeShared, hasShared, readShared } from '../support/shared.ts';
import { ownAnswers } from './smart-scopes-policy.ts';

interface Sought {
  readonly type?: string;
  readonly id?: string;
  readonly idContains?: string;
}
export interface Expected {
  readonly exactly?: readonly Sought[];
  readonly count?: number;
  readonly minCount?: number;
  readonly contains?: readonly Sought[];
  readonly notContains?: readonly Sought[];
  readonly countOfType?: Readonly<Record<string, number>>;
  readonly onlyTypes?: readonly string[];
  readonly status?: readonly number[];
  readonly orStatus?: readonly number[];
  readonly anyOf?: readonly string[];
}
interface Vector {
  readonly id: string;
  readonly launch: { readonly patient?: string; readonly fhirUser?: string };
  readonly scopes: readonly string[];
  readonly request: string;
  readonly expect: Expected;
  readonly tags: readonly string[];
}

const read = (name: string): unknown =>
  JSON.parse(hasShared ? readShared('vectors', 'smart-scopes', name) : '[]');
const vectors = read('cases.json') as readonly Vector[];

/** Three of the resources are no valid R4, which a server that validates refuses. */
const mend = (text: string): string =>
  text
    .replaceAll('Practioner/smart-practioner-A', 'Practitioner/smart-practitioner-A')
    .replace(
      '"participant":[{"actor":{"reference":"Patient/smart-patient-A"}}]',
      '"participant":[{"actor":{"reference":"Patient/smart-patient-A"},"status":"accepted"}]',
    )
    .replace(
      '{"resourceType":"Medication","id":"med0301"',
      '{"resourceType":"Medication","id":"med0301","manufacturer":{"reference":"#org4"}',
    );
const population = JSON.parse(mend(JSON.stringify(read('load-base.json')))) as object;

/** The hospital that keeps what is loaded. */
const hospital = 'Organization/smart-organization-A1';

describeShared('SMART scope vectors', () => {
  for (const engine of engines)
    describe(`on ${engine.name}`, function () {
      this.timeout(120_000);
      let opened: Opened;
      let inside: Inside;
      before(async () => {
        opened = await engine.open();
        inside = openInside(opened.store);
        const { status, text } = await inside.by(hospital)('POST', '', { body: population });
        expect(status, text).to.equal(200);
        expect(text.match(/"status":"201 Created"/g)).to.have.length(92);
      });
      after(() => opened.close());

      for (const vector of vectors) {
        const policy = ownAnswers.get(vector.id);
        it(`${vector.id}: ${vector.request.slice(0, 80)}`, async () => {
          const answer = await ask(vector, inside);
          check(answer, policy?.expect ?? vector.expect);
        });
      }
    });

  it('answers by a policy of its own only where the vectors say that theirs is one, or contradict themselves', () => {
    const known = new Map(vectors.map((vector) => [vector.id, vector]));
    for (const [id, { because }] of ownAnswers) {
      const isPolicy = known.get(id)!.tags.some((tag) => tag.startsWith('policy:'));
      expect(isPolicy || because.startsWith('The vector'), id).to.equal(true);
    }
  });
});

const ask = ({ launch, scopes, request }: Vector, inside: Inside): Promise<Answered> => {
  const [method = '', address = '', ...body] = request.split(' ');
  const text = body.join(' ');
  return inside.as(callerOf(launch, scopes))(
    method as 'GET',
    address,
    text === '' ? {} : { body: JSON.parse(text) as object },
  );
};

/** A patient's own token; a clinician's, where a practitioner signed in or something clinical is written; a whole network's. */
const callerOf = ({ patient, fhirUser }: Vector['launch'], scopes: readonly string[]): Caller => {
  const common = { client: 'vectors', scopes, token: 'vectors' };
  const isSystem = patient === undefined && fhirUser === undefined;
  if (isSystem) return { ...common, role: 'network' };
  const writes = scopes.some((scope) => /\.c/.test(scope));
  if (fhirUser === undefined && !writes)
    return { ...common, role: 'patient', ...(patient === undefined ? {} : { patient }) };
  return {
    ...{ ...common, role: 'clinician', organization: hospital },
    ...(patient === undefined ? {} : { patient }),
    ...(fhirUser === undefined ? {} : { fhirUser }),
  };
};

const check = (answer: Answered, expected: Expected): void => {
  const { status, keys } = answer;
  if (expected.status) {
    expect(status, answer.text).to.be.oneOf([...expected.status]);
    return;
  }
  if (expected.orStatus?.includes(status)) return;
  if (expected.anyOf) {
    const isRefused = expected.anyOf.includes('4xx') && status >= 400 && status < 500;
    const isEmpty = expected.anyOf.includes('empty') && status === 200 && keys.length === 0;
    expect(isRefused || isEmpty, answer.text).to.equal(true);
    return;
  }
  expect(status, answer.text).to.equal(200);
  checkKeys(keys, expected);
};

const checkKeys = (keys: readonly string[], expected: Expected): void => {
  const found = keys.join(' ');
  const isThere = (sought: Sought): boolean => keys.some((key) => fits(key, sought));
  if (expected.exactly) {
    expect(keys, found).to.have.length(expected.exactly.length);
    for (const sought of expected.exactly) expect(isThere(sought), found).to.equal(true);
  }
  if (expected.count !== undefined) expect(keys, found).to.have.length(expected.count);
  if (expected.minCount !== undefined) expect(keys.length, found).to.be.at.least(expected.minCount);
  for (const sought of expected.contains ?? [])
    expect(isThere(sought), `${JSON.stringify(sought)} in ${found}`).to.equal(true);
  for (const sought of expected.notContains ?? [])
    expect(isThere(sought), `${JSON.stringify(sought)} in ${found}`).to.equal(false);
  for (const [type, count] of Object.entries(expected.countOfType ?? {}))
    expect(
      keys.filter((key) => key.startsWith(`${type}/`)),
      found,
    ).to.have.length(count);
  if (expected.onlyTypes)
    for (const key of keys) expect(expected.onlyTypes).to.include(key.split('/')[0]);
};

const fits = (key: string, { type, id, idContains }: Sought): boolean => {
  const [ofType = '', ofId = ''] = key.split('/');
  return (
    (type === undefined || type === ofType) &&
    (id === undefined || id === ofId) &&
    (idContains === undefined || ofId.includes(idContains))
  );
};
