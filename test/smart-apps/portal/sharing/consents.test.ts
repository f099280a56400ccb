// Consents: what they say in the words of the person, and that what is written shares no more than was chosen.

import { expect } from 'chai';
import type { Consent } from 'fhir/r4.js';
import {
  consentOf,
  isInForce,
  isProxys,
  sharedBy,
} from '../../../../smart-apps/portal/src/sharing/consents.ts';
import { endOf } from '../../../../smart-apps/portal/src/sharing/days.ts';
import { requestIn } from '../../../../smart-apps/portal/src/sharing/requests.ts';

const now = new Date('2026-11-21T10:00:00Z');
const giving = {
  ...{ patient: 'asha', to: 'Organization/kaveri', kinds: ['results', 'medications'] },
  ...{ sensitive: [] as readonly string[], until: '2026-12-21T18:29:59.000Z' },
};

describe('sharing by Consent', () => {
  it('reads back what was chosen', () => {
    const shared = sharedBy(consentOf({ ...giving, sensitive: ['mind'] }, now));

    expect(shared).to.deep.equal({
      ...{ actors: ['Organization/kaveri'], kinds: ['results', 'medications'] },
      ...{ sensitive: ['mind'], isDenial: false },
      ...{ since: '2026-11-21T10:00:00.000Z', until: '2026-12-21T18:29:59.000Z' },
    });
  });

  it('names no label unless sensitive records are given, and then the ordinary ones, too', () => {
    const labelsOf = (sensitive: readonly string[]) =>
      consentOf({ ...giving, sensitive }, now).provision?.securityLabel?.map(({ code }) => code);

    expect(labelsOf([])).to.equal(undefined);
    expect(labelsOf(['genetic'])).to.deep.equal(['N', 'GDIS', 'SICKLE']);
  });

  it('tells what makes a proxy from what shares with a hospital', () => {
    const proxy: Consent = {
      ...consentOf(giving, now),
      provision: { actor: [{ role: {}, reference: { reference: 'RelatedPerson/1' } }] },
    };

    expect(isProxys(proxy)).to.equal(true);
    expect(isProxys(consentOf(giving, now))).to.equal(false);
  });

  it('is in force to the end of its last day, and not once it is taken back', () => {
    const consent = consentOf({ ...giving, until: '2026-11-21' }, now);
    const endless = { ...consent, provision: {} };

    expect(isInForce(consent, Date.parse('2026-11-21T23:00:00Z'))).to.equal(true);
    expect(isInForce(consent, Date.parse('2026-11-22T00:00:00Z'))).to.equal(false);
    expect(isInForce({ ...consent, status: 'inactive' }, now.getTime())).to.equal(false);
    expect(isInForce(endless, now.getTime())).to.equal(true);
  });
});

describe('a request for access', () => {
  it('says who asks, for what and until when', () => {
    const asked = requestIn({
      ...{ resourceType: 'Task', status: 'requested', intent: 'proposal' },
      description: 'Before the operation',
      executionPeriod: { end: '2026-12-05T10:00:00Z' },
      input: [
        { type: { text: 'kind' }, valueCoding: { code: 'results' } },
        { type: { text: 'period' }, valuePeriod: { end: '2026-12-20T10:00:00Z' } },
        { type: { text: 'organization' }, valueReference: { reference: 'Organization/k' } },
      ],
    });

    expect(asked).to.deep.equal({
      ...{ kinds: ['results'], organization: 'Organization/k', person: undefined },
      ...{ until: '2026-12-20T10:00:00Z', answerBy: '2026-12-05T10:00:00Z' },
      text: 'Before the operation',
    });
  });

  it('is never given for longer than was asked', () => {
    expect(endOf('2027-05-01', '2026-12-20T10:00:00Z')).to.equal('2026-12-20T10:00:00.000Z');
  });
});
