// Notice: what a Communication of this server to a patient is about, and where one goes to see to it.

import type { Communication } from 'fhir/r4';

export const noticeSystem = 'https://meridian.example/CodeSystem/notice';

const places = {
  'access-requested': '/sharing',
  'access-given': '/sharing',
  emergency: '/sharing',
  'report-filed': '/record',
  'time-offered': '/visits',
  other: '/record',
} as const;

export type NoticeKind = keyof typeof places;

export const noticeKindOf = ({ category }: Communication): NoticeKind => {
  const code = category
    ?.flatMap(({ coding = [] }) => coding)
    .find((coding) => coding.system === noticeSystem)?.code;
  return code !== undefined && Object.hasOwn(places, code) ? (code as NoticeKind) : 'other';
};

export const placeOf = (notice: Communication): string => {
  const [type, id = ''] = notice.about?.[0]?.reference?.split('/') ?? [];
  if (type === 'DocumentReference') return `/documents/${id}`;
  if (type === 'DiagnosticReport') return `/record/DiagnosticReport/${id}`;
  if (type === 'Appointment') return `/visits/${id}`;
  return places[noticeKindOf(notice)];
};
