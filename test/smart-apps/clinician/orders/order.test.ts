// Orders: what is sent, and cancelling.

import { expect } from 'chai';
import type { ServiceRequest } from 'fhir/r4.js';
import {
  cancelOrder,
  entryOf,
  faultsOf,
  kindOf,
  kinds,
  newOrder,
  type Order,
} from '../../../../smart-apps/clinician/src/orders/order.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

const order = (more: Partial<Order> = {}): Order => ({ ...newOrder('k'), ...more });
const requestOf = (of: Order): ServiceRequest =>
  entryOf(of, {
    ...{ patient: 'p', encounter: undefined, requester: { reference: 'Practitioner/d' } },
    at: '2026-11-21T10:00:00.000Z',
  }).resource as ServiceRequest;

describe('an order', () => {
  it('says what, for whom, how urgently and of whom', () => {
    const coding = { system: 'http://loinc.org', code: '4548-4', display: 'HbA1c' };
    const found = requestOf(
      order({
        ...{ what: { text: 'HbA1c', coding }, priority: 'urgent' },
        performer: 'HealthcareService/lab',
      }),
    );

    expect(found).to.deep.include({
      ...{ status: 'active', intent: 'order', priority: 'urgent' },
      code: { coding: [coding], text: 'HbA1c' },
      subject: { reference: 'Patient/p' },
      performer: [{ reference: 'HealthcareService/lab' }],
    });
  });

  for (const kind of kinds)
    it(`of the kind ${kind} is known again as one`, () => {
      expect(kindOf(requestOf(order({ kind })))).to.equal(kind);
    });

  it('says what is ordered, and a referral why', () => {
    expect(faultsOf(order())).to.deep.equal(['what']);
    expect(faultsOf(order({ kind: 'referral', what: { text: 'Cardiology' } }))).to.deep.equal([
      ...['reason'],
    ]);
  });

  it('is cancelled with its reason, in the version that was read', async () => {
    const { fhir, asked } = recordingFhir(({ body }) => body);
    const request: ServiceRequest = {
      ...{ resourceType: 'ServiceRequest', id: 's', meta: { versionId: '2' }, subject: {} },
      ...{ status: 'active', intent: 'order', note: [{ text: 'Fasting' }] },
    };

    const cancelled = await cancelOrder(fhir, { request, reason: ' Done elsewhere ', at: 'now' });

    expect(asked[0]?.headers).to.deep.equal({ 'if-match': 'W/"2"' });
    expect(cancelled.status).to.equal('revoked');
    expect(cancelled.note).to.deep.equal([
      ...[{ text: 'Fasting' }, { time: 'now', text: 'Done elsewhere' }],
    ]);
  });
});
