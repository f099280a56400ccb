// useFormat: every clinical value as it is shown, in the language of the page; the same date looks the same everywhere, and what was
// written in another script stays in its own order.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Money, Observation, ObservationComponent } from 'fhir/r4';
import { formatConcept, formatCoding } from './coded.ts';
import { formatAge, formatDate, formatDateTime, formatDay, formatTime } from './date.ts';
import { isolate } from './isolate.ts';
import { formatMoney, formatQuantity, formatRange, formatValue } from './measure.ts';
import { formatAddress, formatName, formatUhid } from './person.ts';

export const useFormat = () => {
  const { t, i18n } = useTranslation('ui');
  const { language } = i18n;
  return useMemo(() => {
    const apart =
      <T extends unknown[]>(written: (...args: T) => string) =>
      (...args: T): string =>
        isolate(written(...args), language);
    return {
      date: apart((value: string | undefined) =>
        value === undefined ? '' : formatDate(value, language),
      ),
      dateTime: apart((value: string | undefined, timeZone?: string) =>
        value === undefined ? '' : formatDateTime(value, language, timeZone),
      ),
      time: apart((value: string | undefined, timeZone?: string) =>
        value === undefined ? '' : formatTime(value, language, timeZone),
      ),
      day: apart((value: string | undefined, timeZone?: string) =>
        value === undefined ? '' : formatDay(value, language, timeZone),
      ),
      age: apart((birthDate: string | undefined) =>
        birthDate === undefined ? '' : formatAge(birthDate, language),
      ),
      money: apart((money: Money | undefined) => formatMoney(money, language)),
      value: apart((observation: Observation | ObservationComponent) =>
        formatValue(observation, { language, t: (key, values) => t(key, { ...values }) }),
      ),
      name: apart(formatName),
      address: apart(formatAddress),
      uhid: apart(formatUhid),
      concept: apart(formatConcept),
      coding: apart(formatCoding),
      quantity: apart(formatQuantity),
      range: apart(formatRange),
    };
  }, [language, t]);
};
