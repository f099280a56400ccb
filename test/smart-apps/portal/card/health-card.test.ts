// Health card: digits as the specification's own example writes them, and what a card says read back out of it.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html

import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import {
  cardsIn,
  digitsOf,
  linksIn,
  readCard,
} from '../../../../smart-apps/portal/src/card/health-card.ts';

describe('a health card', () => {
  it('becomes two digits for each of its characters', () => {
    expect(digitsOf('eyJ6-_.')).to.equal('56762909005001');
  });

  it('is read with the letters of every script', async () => {
    const claims = {
      ...{ iss: 'https://meridian.example', nbf: 1_795_000_000 },
      vc: {
        credentialSubject: {
          fhirBundle: {
            entry: [{ resource: { resourceType: 'Patient', name: [{ text: 'प्रिया शर्मा' }] } }],
          },
        },
      },
    };
    const payload = deflateRawSync(JSON.stringify(claims)).toString('base64url');

    const card = await readCard(`e30.${payload}.c2ln`);

    expect(card).to.deep.equal({
      issuer: 'https://meridian.example',
      issuedAt: new Date(1_795_000_000_000).toISOString(),
      resources: [{ resourceType: 'Patient', name: [{ text: 'प्रिया शर्मा' }] }],
    });
  });

  it('comes with links to what it was made of', () => {
    const answer = {
      resourceType: 'Parameters' as const,
      parameter: [
        { name: 'verifiableCredential', valueString: 'a.b.c' },
        {
          name: 'resourceLink',
          part: [
            { name: 'vcIndex', valueInteger: 0 },
            { name: 'bundledResource', valueUri: 'resource:2' },
            { name: 'hostedResource', valueUri: 'https://x.example/fhir/Observation/7' },
          ],
        },
      ],
    };

    expect(cardsIn(answer)).to.deep.equal(['a.b.c']);
    expect(linksIn(answer)).to.deep.equal([{ card: 0, place: 2, id: '7' }]);
  });
});
