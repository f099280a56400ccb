// Event item: an event of the record as an entry of the timeline, with the way to its page.

import type { TimelineItem } from '@meridian/ui/record/Timeline.tsx';
import type { FhirResource } from 'fhir/r4';
import { describe, isStatement, type Words } from './describe.ts';
import { icons } from './icons.ts';
import type { EventType } from './kinds.ts';
import type { Event } from './timeline-events.ts';

export const itemOf = (event: Event, words: Words): TimelineItem => {
  const { id, date, type, resources } = event;
  const [first] = resources;
  const common = { id, date, kind: words.t(`types.${nameOfType(type, first)}`), icon: icons[type] };
  if (first === undefined || resources.length > 1) return { ...common, ...together(event, words) };
  const { title, text, source } = describe(first, words);
  return { ...common, title, text: lines(text, source), to: addressOf(event) };
};

/** A value of a laboratory is a result, any other a measurement. */
const nameOfType = (type: EventType, resource: FhirResource | undefined): string => {
  if (isLaboratory(resource)) return 'Result';
  return resource?.resourceType === 'Observation' && isStatement(resource) ? 'Statement' : type;
};

const isLaboratory = (resource: FhirResource | undefined): boolean =>
  resource?.resourceType === 'Observation' &&
  (resource.category ?? []).some(({ coding = [] }) =>
    coding.some(({ code }) => code === 'laboratory'),
  );

/** Values that were measured together are shown together. */
const together = ({ resources }: Event, words: Words) => {
  const told = resources.map((resource) => describe(resource, words));
  const kind = isLaboratory(resources[0]) ? 'laboratory' : 'measured';
  const ids = resources.map(({ id }) => id ?? '').join(',');
  return {
    title: words.t(`together.${kind}`, { count: resources.length }),
    text: lines(
      told.map(({ title, text }) => `${title} ${text ?? ''}`).join(' · '),
      told[0]?.source,
    ),
    to: `/record/Observation/${ids}`,
  };
};

/** Documents and medicines have pages of their own. */
const addressOf = ({ id, type, resources }: Event): string => {
  if (type === 'DocumentReference') return `/documents/${resources[0]?.id ?? ''}`;
  if (type === 'MedicationRequest') return `/medicines/${resources[0]?.id ?? ''}`;
  if (type === 'Appointment') return `/visits/${resources[0]?.id ?? ''}`;
  return `/record/${id}`;
};

const lines = (text: string | undefined, source: string | undefined): string | undefined =>
  [text, source].filter(Boolean).join(' — ') || undefined;
