// Our own cards: they follow the rules, one by one, verify with what we publish, and can be revoked.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html

import {
  createHash,
  createPublicKey,
  verify as verifySignature,
  type JsonWebKey,
} from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { parseDocument } from '#src/fhir/json.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { createIssueCards, type CardGroup } from '#src/health-id/card/issue-cards.ts';
import { usualClaims } from '#src/health-id/card/identity.ts';
import { longestAlone } from '#src/health-id/card/numeric.ts';
import { createOwnIssuer } from '#src/health-id/card/own-issuer.ts';
import { verify } from '#src/health-id/card/verify.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

const issuer = 'https://hospital.example';
const system = 'https://meridian.example/uhid';
const year = 365 * 86_400_000;

const patient: Resource = {
  ...{ resourceType: 'Patient', id: 'anna', meta: { versionId: '3' } },
  text: { status: 'generated', div: '<div>Anna</div>' },
  identifier: [
    { system: 'https://north.example/mrn', value: 'mrn-1' },
    { use: 'official', type: { text: 'UHID' }, system, value: '12345678901234' },
  ],
  name: [
    { use: 'nickname', given: ['Annie'] },
    { use: 'official', family: 'Rao', given: ['Anna'], text: 'Anna Rao', prefix: ['Ms'] },
  ],
  ...{ birthDate: '1990-02-03', gender: 'female', telecom: [{ value: '+49 1' }] },
  address: [{ city: 'Pune' }],
};
const code = (value: string) => ({
  coding: [{ system: 'http://loinc.org', code: value, display: 'words', userSelected: true }],
  text: 'words',
});
const immunization = (id: string, more: object = {}): Resource => ({
  ...{ resourceType: 'Immunization', id, status: 'completed', vaccineCode: code('207') },
  meta: {
    versionId: '1',
    security: [{ system: 'http://s.example', code: 'R', display: 'restricted' }],
  },
  text: { status: 'generated', div: '<div>words</div>' },
  note: [{ text: 'private words' }],
  patient: { reference: 'Patient/anna', display: 'Anna Rao' },
  encounter: { reference: 'Encounter/1' },
  ...{ occurrenceDateTime: '2021-01-01', lotNumber: '0000001' },
  performer: [{ actor: { reference: 'Organization/1', display: 'General Hospital' } }],
  ...more,
});
const observation = (more: string): Resource =>
  parseDocument(
    `{"resourceType":"Observation","id":"o","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"2345-7"}]},
      "subject":{"reference":"Patient/anna"}, ${more}}`,
    64,
  ).exact;

interface Payload {
  readonly iss: string;
  readonly nbf: number;
  readonly vc: {
    readonly type: readonly string[];
    readonly rid: string;
    readonly credentialSubject: {
      readonly fhirVersion: string;
      readonly fhirBundle: {
        readonly resourceType: string;
        readonly type: string;
        readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[];
      };
    };
  };
}

const partsOf = (jws: string) => jws.split('.').map((part) => Buffer.from(part, 'base64url'));
const textOf = (jws: string): string => inflateRawSync(partsOf(jws)[1]!).toString();
const payloadOf = (jws: string): Payload => JSON.parse(textOf(jws)) as Payload;
const entriesOf = (jws: string) => payloadOf(jws).vc.credentialSubject.fhirBundle.entry;

/** A server's issuer at a time that can be moved. */
const open = (start = Date.parse('2026-03-01T10:00:00Z')) => {
  const { records } = openMemoryStore();
  let at = start;
  const now = () => at;
  const own = createOwnIssuer({ records, now });
  const issue = createIssueCards({ records, issuer, system, now });
  return {
    own,
    issue: async (groups: readonly CardGroup[], claims = usualClaims) =>
      issue({ patient, claims, groups }),
    one: async (resource: Resource) =>
      (await issue({ patient, claims: usualClaims, groups: [{ resources: [resource] }] }))[0]?.jws,
    verdict: async (jws: string) =>
      (await verify(jws, { findIssuer: (iss) => (iss === issuer ? own : undefined), now })).outcome,
    wait: (milliseconds: number) => {
      at += milliseconds;
    },
  };
};

describe('health-id/card/issue-cards', () => {
  describe('makes a card that', () => {
    let jws: string;
    let server: ReturnType<typeof open>;
    before(async () => {
      server = open();
      jws = (await server.one(immunization('i1')))!;
    });

    it('is signed by ES256 and packed by raw DEFLATE, with exactly these members in its header', () => {
      const header = JSON.parse(partsOf(jws)[0]!.toString()) as Record<string, string>;

      expect(Object.keys(header).sort()).to.deep.equal(['alg', 'kid', 'zip']);
      expect(header).to.include({ alg: 'ES256', zip: 'DEF' });
    });

    it('names a key by its thumbprint that is published as it must be', async () => {
      const { kid } = JSON.parse(partsOf(jws)[0]!.toString()) as { kid: string };
      const { keys } = await server.own.keySet();
      const key = keys[0]!;
      const canonical = `{"crv":"P-256","kty":"EC","x":"${key.x}","y":"${key.y}"}`;

      expect(keys).to.have.length(1);
      expect(kid).to.equal(createHash('sha256').update(canonical).digest('base64url'));
      expect(Object.keys(key).sort()).to.deep.equal([
        'alg',
        'crlVersion',
        'crv',
        'kid',
        'kty',
        'use',
        'x',
        'y',
      ]);
      expect(key).to.include({ kty: 'EC', use: 'sig', alg: 'ES256', crv: 'P-256', kid });
    });

    it('verifies by the means of the platform alone', async () => {
      const [key] = (await server.own.keySet()).keys;
      const [, , signature] = partsOf(jws);
      const signed = Buffer.from(jws.slice(0, jws.lastIndexOf('.')));
      const publicKey = createPublicKey({ key: key as unknown as JsonWebKey, format: 'jwk' });
      const isRight = verifySignature(
        'sha256',
        signed,
        { key: publicKey, dsaEncoding: 'ieee-p1363' },
        signature!,
      );

      expect(isRight).to.be.true;
      expect(await server.verdict(jws)).to.equal('genuine');
    });

    it('says who issued it, when, and of which kind it is, without blanks', () => {
      const { iss, nbf, vc } = payloadOf(jws);

      expect(textOf(jws)).to.equal(JSON.stringify(payloadOf(jws)));
      expect(iss).to.equal(issuer);
      expect(nbf).to.equal(Date.parse('2026-03-01T10:00:00Z') / 1000);
      expect(vc.type).to.deep.equal([
        'https://smarthealth.cards#health-card',
        'https://smarthealth.cards#immunization',
      ]);
      expect(vc.credentialSubject.fhirVersion).to.equal('4.0.1');
      expect(vc.credentialSubject.fhirBundle).to.include({
        resourceType: 'Bundle',
        type: 'collection',
      });
      expect(vc.rid).to.match(/^[\w-]{11}$/);
    });

    it('holds no id, meta but security, text, display of a code or stored reference', () => {
      const [first, second] = entriesOf(jws);

      expect(first).to.deep.equal({
        fullUrl: 'resource:0',
        resource: {
          resourceType: 'Patient',
          identifier: [{ system, value: '12345678901234' }],
          name: [{ family: 'Rao', given: ['Anna'] }],
          birthDate: '1990-02-03',
        },
      });
      expect(second).to.deep.equal({
        fullUrl: 'resource:1',
        resource: {
          resourceType: 'Immunization',
          meta: { security: [{ system: 'http://s.example', code: 'R' }] },
          status: 'completed',
          vaccineCode: { coding: [{ system: 'http://loinc.org', code: '207' }] },
          patient: { reference: 'resource:0' },
          ...{ occurrenceDateTime: '2021-01-01', lotNumber: '0000001' },
          performer: [{ actor: { display: 'General Hospital' } }],
        },
      });
    });

    it('tells its holder what each record in it is', async () => {
      const [card] = await server.issue([{ resources: [immunization('i1'), immunization('i2')] }]);

      expect(card!.links).to.deep.equal([
        { bundled: 'resource:1', stored: 'Immunization/i1' },
        { bundled: 'resource:2', stored: 'Immunization/i2' },
      ]);
    });
  });

  it('says of the person only what is asked for', async () => {
    const server = open();
    const [card] = await server.issue([{ resources: [] }], ['Patient.name', 'Patient.gender']);

    expect(entriesOf(card!.jws).map(({ resource }) => resource)).to.deep.equal([
      { resourceType: 'Patient', name: [{ family: 'Rao', given: ['Anna'] }], gender: 'female' },
    ]);
  });

  it('keeps the digits of a value, its range, and all components', async () => {
    const jws = await open().one(
      observation(
        '"valueQuantity":{"value":1.50,"unit":"mg/dl","system":"http://unitsofmeasure.org","code":"mg/dL"},' +
          '"referenceRange":[{"high":{"value":2.0,"unit":"mg/dl"},"text":"adults"}],' +
          '"component":[{"code":{"coding":[{"code":"a"}]},"valueString":"x"},{"code":{"coding":[{"code":"b"}]},"valueInteger":2}]',
      ),
    );

    expect(textOf(jws!)).to.include('"value":1.50,').and.to.include('"high":{"value":2.0,');
    expect(entriesOf(jws!)[1]!.resource['component']).to.have.length(2);
  });

  for (const [why, more] of [
    ['whose value is in words alone', '"valueCodeableConcept":{"text":"positive"}'],
    ['of a value a card does not hold', '"valueSampledData":{"period":1}'],
    [
      'of which a component would be lost',
      '"component":[{"code":{"coding":[{"code":"a"}]}},{"code":{"text":"b"},"valueInteger":2}]',
    ],
    ['with something that changes its meaning', '"modifierExtension":[{"url":"u"}]'],
    ['of somebody else', '"subject":{"reference":"Patient/bert"}'],
  ] as const)
    it(`leaves out a result ${why}`, async () => {
      const resource = observation(more.startsWith('"subject"') ? '"valueInteger":1' : more);
      const given = more.startsWith('"subject"')
        ? { ...resource, subject: { reference: 'Patient/bert' } }
        : resource;

      expect(await open().one(given)).to.equal(undefined);
    });

  it('splits what is too long for one code, and keeps together what was asked for together', async () => {
    const server = open();
    const many = Array.from({ length: 40 }, (_, at) =>
      immunization(`i${at}`, { lotNumber: createHash('sha256').update(`${at}`).digest('hex') }),
    );
    const cards = await server.issue([{ resources: many }]);
    const [together, ...none] = await server.issue([{ resources: many, isOne: true }]);

    expect(cards.length).to.be.greaterThan(1);
    expect(cards.every(({ jws }) => jws.length <= longestAlone)).to.be.true;
    expect(cards.flatMap(({ links }) => links)).to.have.length(40);
    expect(together!.links).to.have.length(40);
    expect(none).to.deep.equal([]);
  });

  it('revokes all cards a patient has, of every key, and none of those given out afterwards', async () => {
    const server = open();
    const first = (await server.one(immunization('i1')))!;
    server.wait(year);
    const second = (await server.one(immunization('i1')))!;
    server.wait(500);
    await server.own.revoke('anna');
    const third = (await server.one(immunization('i1')))!;
    await server.own.revoke('somebody');

    expect(await server.verdict(first)).to.equal('revoked');
    expect(await server.verdict(second)).to.equal('revoked');
    expect(await server.verdict(third)).to.equal('genuine');
    const { keys } = await server.own.keySet();
    for (const { kid, crlVersion } of keys) {
      const list = await server.own.revocations(kid);
      expect(list).to.include({ kid, method: 'rid', ctr: 3 });
      expect(crlVersion).to.equal(3);
      expect(list!.rids.every((rid) => /^[\w-]{1,24}\.\d+$/.test(rid))).to.be.true;
      expect(JSON.stringify(list)).to.not.include('anna');
    }
    expect(await server.own.revocations('unknown')).to.equal(undefined);
  });

  it('loses no revocation when many come at once', async () => {
    const server = open();
    const [key] = (await server.own.keySet()).keys;
    const names = Array.from({ length: 20 }, (_, at) => `patient-${at}`);
    await Promise.all(names.map((name) => server.own.revoke(name)));

    expect((await server.own.revocations(key!.kid))!.rids).to.have.length(20);
  });

  it('signs with a new key each year, destroys the old one, and still verifies what it signed', async () => {
    const { records } = openMemoryStore();
    let at = 1_000;
    const now = () => at;
    const parts = { records, issuer, system, now };
    const order = { patient, claims: usualClaims, groups: [{ resources: [] }] };
    const [old] = await createIssueCards(parts)(order);
    at += year;
    const [[one], [other]] = await Promise.all([
      createIssueCards(parts)(order),
      createIssueCards(parts)(order),
    ]);
    const own = createOwnIssuer(parts);
    const kidOf = (jws: string) => (JSON.parse(partsOf(jws)[0]!.toString()) as { kid: string }).kid;

    expect(kidOf(one!.jws)).to.equal(kidOf(other!.jws)).and.to.not.equal(kidOf(old!.jws));
    expect((await own.keySet()).keys.map(({ kid }) => kid)).to.deep.equal([
      kidOf(one!.jws),
      kidOf(old!.jws),
    ]);
    expect((await verify(old!.jws, { findIssuer: () => own, now })).outcome).to.equal('genuine');
    const kept = (await records.get('health-card-keys', 'current')) as { keys: object[] };
    expect(kept.keys.map((key) => 'd' in key)).to.deep.equal([true, false]);
  });

  it('agrees on one key when two servers start together', async () => {
    const { records } = openMemoryStore();
    const servers = Array.from({ length: 4 }, () => createOwnIssuer({ records, now: Date.now }));
    const sets = await Promise.all(servers.map((server) => server.keySet()));

    expect(new Set(sets.map((set) => JSON.stringify(set))).size).to.equal(1);
  });
});
