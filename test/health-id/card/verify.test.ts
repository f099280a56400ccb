// The example cards of the specification verify in every form, and no bit of them can be changed.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-examples.html

import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { openCard } from '#src/health-id/card/open-card.ts';
import { readKeySet, thumbprintOf, type PublicKey } from '#src/health-id/card/public-key.ts';
import { readPresented } from '#src/health-id/card/read-presented.ts';
import { verify, type Issuer } from '#src/health-id/card/verify.ts';
import { describeShared, readShared } from '#test/support/shared.ts';

const iss = 'https://spec.smarthealth.cards/examples/issuer';
/** A day after the examples were issued; the last of them expired a year later. */
const dayAfter = Date.parse('2024-05-08T12:00:00Z');

const issuerOf = (keys: readonly PublicKey[], revoked: readonly string[] = []): Issuer => ({
  keyOf: (kid) => Promise.resolve(keys.find((key) => key.kid === kid)),
  revokedOf: () => Promise.resolve(revoked),
});
const outcomeOf = async (jws: string, issuer: Issuer, at = dayAfter) => {
  const findIssuer = (name: string) => (name === iss ? issuer : undefined);
  return (await verify(jws, { findIssuer, now: () => at })).outcome;
};
const example = (name: string): string => readShared('vectors', 'shc', name).trim();
const cardsIn = (text: string): readonly string[] => {
  const presented = readPresented(text);
  return presented.ok ? presented.cards : [];
};

describeShared('health-id/card/verify, over the examples of the specification', () => {
  let issuer: Issuer;
  let keys: readonly PublicKey[];
  before(async () => {
    keys = await readKeySet(JSON.parse(example('issuer-jwks.json')));
    const { rids } = JSON.parse(example(`crl-${keys[0]!.kid}.json`)) as { rids: string[] };
    issuer = issuerOf(keys, rids);
  });

  for (const number of ['00', '01', '02', '03']) {
    const jws = () => example(`example-${number}-d-jws.txt`);

    it(`believes example ${number} as text, file and codes, and reads what was signed`, async () => {
      const codes = Array.from({ length: number === '02' ? 3 : 1 }, (_, at) =>
        example(`example-${number}-f-qr-code-numeric-value-${String(at)}.txt`),
      );
      const payload = example(`example-${number}-c-jws-payload-minified.json`);
      const opening = openCard(jws());

      expect(cardsIn(jws())).to.deep.equal([jws()]);
      expect(cardsIn(codes.toReversed().join('\n'))).to.deep.equal([jws()]);
      expect(cardsIn(example(`example-${number}-e-file.smart-health-card`))).to.deep.equal([jws()]);
      expect(opening.ok && opening.card.claims).to.deep.equal(JSON.parse(payload));
      expect(await outcomeOf(jws(), issuer)).to.equal('genuine');
    });

    it(`refuses example ${number} with any one bit flipped`, async function () {
      this.timeout(120_000);
      const bytes = Buffer.from(jws(), 'latin1');
      // Each bit of the shorter ones; of the long one each bit of every seventh character and of both ends.
      const places = [...bytes.keys()].filter(
        (place) => number !== '02' || place % 7 === 0 || place < 120 || place > bytes.length - 90,
      );
      for (const place of places)
        for (let bit = 0; bit < 8; bit += 1) {
          const flipped = Buffer.from(bytes);
          flipped[place]! ^= 1 << bit;
          const text = flipped.toString('latin1');
          expect(await outcomeOf(text, issuer), `bit ${bit} of ${place}`).to.not.equal('genuine');
        }
    });
  }

  it('refuses the code of an example with any one bit flipped', async function () {
    this.timeout(120_000);
    const bytes = Buffer.from(example('example-01-f-qr-code-numeric-value-0.txt'), 'latin1');
    for (const place of bytes.keys())
      for (let bit = 0; bit < 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[place]! ^= 1 << bit;
        for (const card of cardsIn(flipped.toString('latin1')))
          expect(await outcomeOf(card, issuer), `bit ${bit} of ${place}`).to.not.equal('genuine');
      }
  });

  it('refuses a card after its time, and before it', async () => {
    const card = example('example-03-d-jws.txt');

    expect(await outcomeOf(card, issuer, Date.parse('2026-01-01'))).to.equal('expired');
    expect(await outcomeOf(card, issuer, Date.parse('2024-01-01'))).to.equal('early');
  });

  it('refuses what is revoked, for ever or up to a time after it was issued', async () => {
    const card = example('example-00-d-jws.txt');
    const outcome = (revoked: string) => outcomeOf(card, issuerOf(keys, [revoked]));

    expect(await outcome('MKyCxh7p6uQ')).to.equal('revoked');
    expect(await outcome('MKyCxh7p6uQ.1715107764')).to.equal('revoked');
    expect(await outcome('MKyCxh7p6uQ.1715107763')).to.equal('genuine');
    expect(await outcome('another')).to.equal('genuine');
  });

  it('refuses what a key signed that is not published, or that nobody can be asked for', async () => {
    const card = example('example-00-d-jws.txt');
    const away = () => Promise.reject(new Error('away'));

    expect(await outcomeOf(card, issuerOf([]))).to.equal('unknown-key');
    expect(await outcomeOf(card, { ...issuer, keyOf: away })).to.equal('unreachable');
    expect(await outcomeOf(card, { ...issuer, revokedOf: away })).to.equal('unreachable');
  });

  it('refuses an issuer nobody trusts', async () => {
    const card = example('example-00-d-jws.txt');
    const { outcome } = await verify(card, { findIssuer: () => undefined, now: () => dayAfter });

    expect(outcome).to.equal('stranger');
  });

  it('takes no key that is not named by its thumbprint, or is not for signing cards', async () => {
    const [key] = keys;
    const read = (changes: object) => readKeySet({ keys: [{ ...key, ...changes }] });

    expect(await read({})).to.have.length(1);
    expect(await read({ kid: 'mine' })).to.deep.equal([]);
    expect(await read({ use: 'enc' })).to.deep.equal([]);
    expect(await read({ d: 'x' })).to.deep.equal([]);
    expect(await readKeySet(undefined)).to.deep.equal([]);
  });
});

describe('health-id/card/verify', () => {
  let issuer: Issuer;
  let sign: (claims: unknown, header?: object, packed?: Uint8Array) => Promise<string>;
  const entry = [{ fullUrl: 'resource:0', resource: { resourceType: 'Patient' } }];
  const vc = {
    type: ['https://smarthealth.cards#health-card', 'https://other.example#type'],
    credentialSubject: {
      fhirVersion: '4.0.1',
      fhirBundle: { resourceType: 'Bundle', type: 'collection', entry },
    },
  };
  const good = { iss, nbf: 1715107763, vc };

  before(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const { x = '', y = '' } = await exportJWK(publicKey);
    const kid = await thumbprintOf({ x, y });
    issuer = issuerOf([{ kty: 'EC', use: 'sig', alg: 'ES256', crv: 'P-256', kid, x, y }]);
    sign = (claims, header = {}, packed = deflateRawSync(JSON.stringify(claims))) =>
      new CompactSign(packed)
        .setProtectedHeader({ alg: 'ES256', zip: 'DEF', kid, ...header })
        .sign(privateKey);
  });

  it('believes a card with types it does not know', async () => {
    expect(await outcomeOf(await sign(good), issuer)).to.equal('genuine');
  });

  const wrong: Readonly<Record<string, object>> = {
    'with a slash after the issuer': { ...good, iss: `${iss}/` },
    'without the time it was issued': { iss, vc },
    'with a time that is a text': { ...good, nbf: '1715107763' },
    'with a time no calendar has': { ...good, nbf: 1e300 },
    'without the type of a health card': { ...good, vc: { ...vc, type: ['#health-card'] } },
    'with a number for revocation that is too long': {
      ...good,
      vc: { ...vc, rid: 'a'.repeat(25) },
    },
    'without a version of FHIR': {
      ...good,
      vc: { ...vc, credentialSubject: { fhirBundle: vc.credentialSubject.fhirBundle } },
    },
    'without records': {
      ...good,
      vc: {
        ...vc,
        credentialSubject: { fhirVersion: '4.0.1', fhirBundle: { resourceType: 'Bundle' } },
      },
    },
  };
  for (const [how, claims] of Object.entries(wrong))
    it(`reads no card ${how}, though it is signed`, async () => {
      expect(await outcomeOf(await sign(claims), issuer)).to.equal('unreadable');
    });

  it('reads no card that is packed or signed in another way', async () => {
    const plain = Buffer.from(JSON.stringify(good));

    expect(await outcomeOf(await sign(good, { zip: undefined }), issuer)).to.equal('unreadable');
    expect(await outcomeOf(await sign(good, {}, plain), issuer)).to.equal('unreadable');
    expect(await outcomeOf(await sign(good, { kid: undefined }), issuer)).to.equal('unreadable');
  });

  it('does not unpack what is small and becomes huge', async () => {
    const bomb = deflateRawSync(Buffer.alloc(200_000_000, 32));

    expect(await outcomeOf(await sign(good, {}, bomb), issuer)).to.equal('unreadable');
  });

  it('does not take the signature "none", nor that of another algorithm', async () => {
    const [, payload = '', signature = ''] = (await sign(good)).split('.');
    const header = Buffer.from('{"alg":"none","zip":"DEF","kid":"x"}').toString('base64url');

    expect(await outcomeOf(`${header}.${payload}.${signature}`, issuer)).to.equal('unreadable');
    expect(await outcomeOf(`${header}.${payload}.`, issuer)).to.equal('unreadable');
  });

  it('reads nothing in what is no card, and repeats nothing of it', () => {
    for (const text of ['', '{"a":', '{}', '{"verifiableCredential":[1]}', 'shc:/123', 'shlink:/x'])
      expect(readPresented(text), text).to.have.property('ok', false);
    expect(JSON.stringify(readPresented('{"Anna": secret'))).to.not.match(/Anna|secret/);
  });
});
