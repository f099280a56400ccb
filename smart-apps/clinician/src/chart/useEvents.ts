// useEvents: the timeline of a patient over several types, page by page.

import type {
  DiagnosticReport,
  Encounter,
  Immunization,
  MedicationRequest,
  Procedure,
} from 'fhir/r4';
import { useSearchTogether } from '../fhir/useTogether.ts';
import { eventOf, eventsQuestion, timeOfEvent, type Event, type EventType } from './events.ts';
import { mergePages } from './merge-pages.ts';

export interface Events {
  readonly events: readonly Event[];
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly again: () => void;
  readonly more: (() => void) | undefined;
  readonly isLoadingMore: boolean;
}

export const useEvents = (patient: string): Events => {
  const question = (type: EventType) => eventsQuestion(type, patient);
  const lists = [
    useSearchTogether<Encounter>('Encounter', question('Encounter')),
    useSearchTogether<DiagnosticReport>('DiagnosticReport', question('DiagnosticReport')),
    useSearchTogether<Procedure>('Procedure', question('Procedure')),
    useSearchTogether<MedicationRequest>('MedicationRequest', question('MedicationRequest')),
    useSearchTogether<Immunization>('Immunization', question('Immunization')),
  ];
  const sources = lists.map(({ items, included, more }) => ({
    items: items.map((item) => eventOf(item, included)),
    hasMore: more !== undefined,
  }));
  const { items, waitsFor } = mergePages(sources, timeOfEvent);
  return {
    events: items.filter(({ isForbidden }) => !isForbidden),
    isLoading: lists.some(({ isLoading }) => isLoading),
    error: lists.find(({ error }) => error !== null)?.error ?? null,
    again: () => lists.forEach((list) => list.again()),
    more:
      waitsFor.length === 0 ? undefined : () => waitsFor.forEach((place) => lists[place]?.more?.()),
    isLoadingMore: lists.some(({ isLoadingMore }) => isLoadingMore),
  };
};
