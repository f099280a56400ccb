// Looks: AuditEvents in plain words, and what is alike as one line.

import { expect } from 'chai';
import type { AuditEvent } from 'fhir/r4.js';
import { grouped, lookOf } from '../../../../smart-apps/portal/src/sharing/looks.ts';

const event = (id: string, part: Partial<AuditEvent> = {}): AuditEvent => ({
  ...{ resourceType: 'AuditEvent', id, recorded: '2026-11-21T10:00:00Z', outcome: '0' },
  type: { code: 'rest' },
  subtype: [{ code: 'read' }],
  agent: [
    { requestor: true, name: 'Dr. Rao', who: { reference: 'Practitioner/rao' } },
    { requestor: false, who: { reference: 'Organization/lakeside' } },
  ],
  source: { observer: {} },
  entity: [{ what: { reference: 'Observation/1/_history/1' } }],
  ...part,
});

describe('who has looked', () => {
  it('names the person, the hospital, what was done and with what', () => {
    expect(lookOf(event('1'))).to.include({
      ...{ name: 'Dr. Rao', person: 'Practitioner/rao', organization: 'Organization/lakeside' },
      ...{ act: 'read', isEmergency: false, isRefused: false },
    });
    expect(lookOf(event('1')).types).to.deep.equal(['Observation']);
  });

  it('reads what a search was for', () => {
    const query = btoa('http://x.example/fhir/MedicationRequest?patient=Patient/1');
    const look = lookOf(event('1', { subtype: [{ code: 'search-type' }], entity: [{ query }] }));

    expect(look).to.deep.include({ act: 'read', types: ['MedicationRequest'] });
  });

  it('marks emergencies and what was refused', () => {
    const purposeOfEvent = [{ coding: [{ code: 'BTG' }] }];

    expect(lookOf(event('1', { purposeOfEvent })).isEmergency).to.equal(true);
    expect(lookOf(event('1', { outcome: '4' })).isRefused).to.equal(true);
  });

  it('makes one line of what somebody did of one kind on one day', () => {
    const looks = [
      event('1'),
      event('2', { entity: [{ what: { reference: 'Condition/1' } }] }),
      event('3', { subtype: [{ code: 'update' }] }),
      event('4'),
    ].map(lookOf);

    expect(grouped(looks).map(({ count, types }) => [count, types])).to.deep.equal([
      [3, ['Observation', 'Condition']],
      [1, ['Observation']],
    ]);
  });
});
