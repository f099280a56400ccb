// Order: what is asked of a laboratory, of others who take pictures or do something, or of a colleague.
// https://hl7.org/fhir/R4/servicerequest.html

import type { BundleEntry, CodeableConcept, Reference, ServiceRequest } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { update } from '@meridian/ui/fhir/write.ts';
import { conceptOf, nothingChosen, type Chosen } from '../writing/chosen.ts';
import { createOnce, identifierOf } from '../writing/transaction.ts';

export const kinds = ['laboratory', 'imaging', 'procedure', 'referral'] as const;
export type Kind = (typeof kinds)[number];

export const priorities = ['routine', 'urgent', 'asap', 'stat'] as const;
export type Priority = (typeof priorities)[number];

export interface Order {
  /** A UUID: what was sent is known again by it. */
  readonly key: string;
  readonly kind: Kind;
  readonly what: Chosen;
  /** `HealthcareService/1`, or '' for whoever can. */
  readonly performer: string;
  readonly priority: Priority;
  readonly reason: Chosen;
  readonly note: string;
}

export const newOrder = (key: string): Order => ({
  ...{ key, kind: 'laboratory', what: nothingChosen, performer: '', priority: 'routine' },
  ...{ reason: nothingChosen, note: '' },
});

/** Fields without which an order cannot be sent. A referral says why. */
export const faultsOf = ({ kind, what, reason }: Order): readonly ('what' | 'reason')[] => [
  ...(what.text.trim() === '' ? (['what'] as const) : []),
  ...(kind === 'referral' && reason.text.trim() === '' ? (['reason'] as const) : []),
];

export interface Ordered {
  /** Logical ids. */
  readonly patient: string;
  readonly encounter: string | undefined;
  readonly requester: Reference;
  /** An instant. */
  readonly at: string;
}

export const entryOf = (order: Order, ordered: Ordered): BundleEntry =>
  createOnce(order.key, requestOf(order, ordered));

const requestOf = (
  order: Order,
  { patient, encounter, requester, at }: Ordered,
): ServiceRequest => ({
  resourceType: 'ServiceRequest',
  identifier: [identifierOf(order.key)],
  ...{ status: 'active', intent: 'order', priority: order.priority },
  category: [categories[order.kind]],
  code: conceptOf(order.what),
  subject: { reference: `Patient/${patient}` },
  ...(encounter === undefined ? {} : { encounter: { reference: `Encounter/${encounter}` } }),
  ...{ authoredOn: at, requester },
  ...(order.performer === '' ? {} : { performer: [{ reference: order.performer }] }),
  ...(order.reason.text.trim() === '' ? {} : { reasonCode: [conceptOf(order.reason)] }),
  ...(order.note.trim() === '' ? {} : { note: [{ text: order.note.trim() }] }),
});

const category = (code: string, display: string): CodeableConcept => ({
  coding: [{ system: 'http://snomed.info/sct', code, display }],
});

/** https://hl7.org/fhir/R4/valueset-servicerequest-category.html */
const categories: Readonly<Record<Kind, CodeableConcept>> = {
  laboratory: category('108252007', 'Laboratory procedure'),
  imaging: category('363679005', 'Imaging'),
  procedure: category('387713003', 'Surgical procedure'),
  referral: { text: 'Referral' },
};

/** undefined for what others call otherwise. */
export const kindOf = ({ category: all = [] }: ServiceRequest): Kind | undefined =>
  kinds.find((kind) => {
    const { coding, text } = categories[kind];
    return all.some(
      (each) =>
        (text !== undefined && each.text === text) ||
        each.coding?.some(({ code }) => code === coding?.[0]?.code),
    );
  });

export interface Cancellation {
  /** As it was read, whole. */
  readonly request: ServiceRequest;
  readonly reason: string;
  readonly at: string;
}

/** R4 has no element for why; a note says it. */
export const cancelOrder = (
  fhir: Fhir,
  { request, reason, at }: Cancellation,
): Promise<ServiceRequest> =>
  update(fhir, {
    ...request,
    status: 'revoked',
    note: [...(request.note ?? []), { time: at, text: reason.trim() }],
  });
