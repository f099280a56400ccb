// Event item: an event of the record as an entry of the timeline, with the way to its page.

import type { TimelineItem } from '@meridian/ui/record/Timeline.tsx';
import { describe, type Words } from './describe.ts';
import { icons } from './icons.ts';
import type { Event } from './timeline-events.ts';

export const itemOf = (event: Event, words: Words): TimelineItem => {
  const { id, date, type, resources } = event;
  const common = { id, date, kind: words.t(`types.${type}`), icon: icons[type] };
  const [first] = resources;
  if (first === undefined || resources.length > 1) return { ...common, ...together(event, words) };
  const { title, text, source } = describe(first, words);
  return { ...common, title, text: lines(text, source), to: addressOf(event) };
};

/** Values that were measured together are shown together. */
const together = ({ resources }: Event, words: Words) => {
  const told = resources.map((resource) => describe(resource, words));
  const ids = resources.map(({ id }) => id ?? '').join(',');
  return {
    title: words.t('measured', { count: resources.length }),
    text: lines(
      told.map(({ title, text }) => `${title}: ${text ?? ''}`).join(' · '),
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
