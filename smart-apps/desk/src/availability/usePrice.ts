// usePrice: what a visit of a Schedule costs. It is kept with the service, and is not the desk's to change.

import { useRead } from '@meridian/ui/fhir/hooks.ts';
import type { ChargeItemDefinition, Money, Schedule } from 'fhir/r4';

/** The price of a HealthcareService has the id of the service. */
export const usePrice = ({ actor }: Schedule): Money | undefined => {
  const service = actor.find(({ reference }) => reference?.startsWith('HealthcareService/'));
  const { data } = useRead<ChargeItemDefinition>(
    'ChargeItemDefinition',
    service?.reference?.split('/')[1],
  );
  return data?.propertyGroup
    ?.flatMap(({ priceComponent = [] }) => priceComponent)
    .find(({ type }) => type === 'base')?.amount;
};
