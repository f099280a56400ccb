// Report event: a row of a sign-in, a token or an administration as an AuditEvent.
// https://profiles.ihe.net/ITI/BALP/content.html

import type { Resource } from '../../fhir/resource.ts';
import type { ReportRow } from '../row.ts';
import { codes } from './coding.ts';
import { patientEntity, requestEntity } from './entities.ts';
import { purposeOfEvent } from './emergency.ts';
import { partiesOf, type Scene } from './parties.ts';
import { shapeOf } from './report-kinds.ts';

export const reportEvent = (row: ReportRow & { readonly t: number }, scene: Scene): Resource => {
  const { type, subtype, action } = shapeOf(row.k);
  const entity = [
    ...(row.about === undefined ? [] : [subjectEntity(row.about)]),
    ...(row.patient === undefined ? [] : [patientEntity(row.patient)]),
    ...(row.r === undefined ? [] : [requestEntity(row.r)]),
    {
      type: codes.systemObject,
      name: row.k,
      ...(row.d === undefined ? {} : { description: row.d }),
    },
  ];
  return {
    resourceType: 'AuditEvent',
    type,
    subtype: [subtype],
    action,
    recorded: new Date(row.t).toISOString(),
    outcome: row.ok ? '0' : '4',
    ...purposeOfEvent(row.w ?? {}),
    ...(row.ok ? {} : { outcomeDesc: row.d ?? 'refused' }),
    agent: partiesOf(
      { who: row.w ?? {}, address: row.a, flow: 'from', isQuery: false, isFruitless: !row.ok },
      scene,
    ),
    source: {
      observer: { display: 'Meridian', identifier: { value: scene.base } },
      type: [codes.server],
    },
    entity,
  };
};

const subjectEntity = (about: string): object => ({
  what: { identifier: { value: about } },
  type: codes.systemObject,
});
