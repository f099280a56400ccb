// Hooks: what the pages of visits read.

import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Appointment, ChargeItemDefinition, Money, Schedule, Slot } from 'fhir/r4';
import { useLocation } from 'wouter';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { search } from '@meridian/ui/fhir/search.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { holdTime } from '@meridian/ui/visits/booking.ts';
import {
  distinct,
  findTimes,
  laterThan,
  type TimesWanted,
} from '@meridian/ui/visits/free-times.ts';
import { idOf } from '@meridian/ui/visits/visit.ts';
import { heldUntilOf, rulesOf, type VisitRules } from './visit.ts';

export interface VisitSlot {
  readonly schedule: string | undefined;
  readonly rules: VisitRules | undefined;
  readonly heldUntil: number | undefined;
}

/** The Slot an Appointment takes, with the rules of its Schedule; null for one that takes none here. */
export const useVisitSlot = (appointment: Appointment | undefined) => {
  const { fhir } = useSession();
  const reference = appointment?.slot?.[0]?.reference;
  const version = appointment?.meta?.versionId;
  return useQuery({
    queryKey: ['Slot', 'of-visit', reference, version],
    queryFn: async (): Promise<VisitSlot | null> => {
      if (reference === undefined) return null;
      const page = await search<Slot>(fhir, 'Slot', {
        ...{ _id: idOf(reference), _include: 'Slot:schedule' },
      });
      const [slot] = page.items;
      if (slot === undefined) return null;
      const schedule = page.included.find(
        (each): each is Schedule => each.resourceType === 'Schedule',
      );
      return {
        schedule: idOf(slot.schedule.reference),
        rules: schedule && rulesOf(schedule),
        heldUntil: heldUntilOf(slot),
      };
    },
    enabled: appointment !== undefined,
    // The page stays as it is while a change is read again.
    placeholderData: keepPreviousData,
  });
};

export type PriceOf = (service: string) => Money | undefined;

/** Of HealthcareServices by their ids, which are those of their prices. */
export const usePrices = (services: readonly string[]): PriceOf => {
  const { fhir } = useSession();
  const ids = [...new Set(services)].toSorted().join(',');
  const { data } = useQuery({
    queryKey: ['ChargeItemDefinition', 'prices', ids],
    queryFn: async () => {
      const { items } = await search<ChargeItemDefinition>(fhir, 'ChargeItemDefinition', {
        ...{ _id: ids, _elements: 'propertyGroup', _count: 200 },
      });
      return new Map(items.map((item) => [item.id, priceIn(item)]));
    },
    enabled: ids !== '',
    staleTime: 600_000,
  });
  return (service) => data?.get(service);
};

const priceIn = ({ propertyGroup = [] }: ChargeItemDefinition): Money | undefined =>
  propertyGroup
    .flatMap(({ priceComponent = [] }) => priceComponent)
    .find(({ type }) => type === 'base')?.amount;

/** Not that of Appointments: what one books oneself need not be looked up again. */
const timesKey = 'Times';

/** Where somebody else was first, what is free is looked up again. */
export const useTimesAgain = (): (() => void) => {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: [timesKey] });
};

/** What comes after a write comes also where the write itself has taken the form off the page. The form shows what failed. */
export const follow = <T>(
  writing: Promise<T>,
  succeed: (written: T) => void,
  fail: () => void = () => undefined,
): Promise<void> => writing.then(succeed, fail);

/** Holds a time, once, and goes on to confirm it. */
export const useHold = () => {
  const [, go] = useLocation();
  const again = useTimesAgain();
  const write = useWrite(holdTime, ['Appointment', 'Slot']);
  return {
    taking: write.isPending ? write.variables.id : undefined,
    refusal: write.error,
    choose: ({ id = '' }: Appointment): void => {
      if (write.isPending) return;
      void follow(
        write.mutateAsync({ id }),
        (held) => go(`/visits/confirm/${held.id ?? ''}`),
        again,
      );
    },
  };
};

/** The server looks through no more than 62. */
const daysAtOnce = 60;

/** Page after page of free times; `undefined` waits. */
export const useTimes = (asked: TimesWanted | undefined, from: string) => {
  const { fhir } = useSession();
  const query = useInfiniteQuery({
    queryKey: [timesKey, asked, from],
    queryFn: ({ pageParam: start }) => {
      const end = new Date(Date.parse(start) + daysAtOnce * 86_400_000).toISOString();
      return findTimes(fhir, asked!, { start, end }, 100);
    },
    initialPageParam: from,
    getNextPageParam: laterThan,
    enabled: asked !== undefined,
    // Others book meanwhile.
    ...{ staleTime: 0, gcTime: 0 },
  });
  return {
    ...query,
    /** Of the first sixty days, or of the first page where there are too many to count. */
    total: query.data?.pages[0]?.total ?? query.data?.pages[0]?.items.length ?? 0,
    times: distinct((query.data?.pages ?? []).flatMap(({ items }) => items)),
  };
};
