// What waits for a person on the first page.

import { expect } from 'chai';
import type { Appointment, Communication } from 'fhir/r4.js';
import { noticeKindOf, placeOf } from '../../../../smart-apps/portal/src/home/notice.ts';
import { nameIn } from '../../../../smart-apps/portal/src/home/requester.ts';
import { isByVideo } from '../../../../smart-apps/portal/src/home/video.ts';

const notice = (code: string, about?: string): Communication => ({
  ...{ resourceType: 'Communication', status: 'completed' },
  category: [{ coding: [{ system: 'https://meridian.example/CodeSystem/notice', code }] }],
  ...(about === undefined ? {} : { about: [{ reference: about }] }),
});

describe('what waits for a person', () => {
  it('leads to the document or the report a notice is about', () => {
    expect(placeOf(notice('report-filed', 'DocumentReference/1'))).to.equal('/documents/1');
    expect(placeOf(notice('report-filed', 'DiagnosticReport/1'))).to.equal(
      '/record/DiagnosticReport/1',
    );
  });

  it('leads to what was shared where somebody looked or may look', () => {
    expect(placeOf(notice('emergency', 'AuditEvent/1'))).to.equal('/sharing');
    expect(placeOf(notice('access-given'))).to.equal('/sharing');
  });

  it('is a message where the notice is of another kind, or of somebody else', () => {
    const foreign: Communication = {
      ...notice('emergency'),
      category: [{ coding: [{ system: 'urn:other', code: 'emergency' }] }],
    };

    expect(noticeKindOf(notice('toString'))).to.equal('other');
    expect(noticeKindOf(foreign)).to.equal('other');
  });

  it('names who asks by what came along, or by what the request says', () => {
    const doctor = {
      ...({ resourceType: 'Practitioner', id: '1' } as const),
      name: [{ prefix: ['Dr.'], given: ['Lakshmi'], family: 'Iyer' }],
    };

    expect(nameIn([doctor], { reference: 'Practitioner/1' })).to.equal('Dr. Lakshmi Iyer');
    expect(nameIn([], { reference: 'Practitioner/1', display: 'A doctor' })).to.equal('A doctor');
    expect(nameIn([], undefined)).to.equal(undefined);
  });

  it('tells a visit by video from one in person', () => {
    const visit = (mode: string): Appointment => ({
      ...{ resourceType: 'Appointment', status: 'booked', participant: [] },
      serviceType: [{ text: 'Video consultation' }],
      extension: [
        {
          url: 'https://meridian.example/StructureDefinition/visit-mode',
          valueCode: mode,
        },
      ],
    });

    expect(isByVideo(visit('video'))).to.equal(true);
    expect(isByVideo(visit('in-person'))).to.equal(false);
    expect(isByVideo({ ...visit('video'), extension: [] })).to.equal(true);
  });
});
