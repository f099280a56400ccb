// useFormat: every clinical value as it is shown, in the language of the page; the same date looks the same everywhere.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Money, Observation, ObservationComponent } from 'fhir/r4';
import { formatConcept, formatCoding } from './coded.ts';
import { formatAge, formatDate, formatDateTime, formatDay, formatTime } from './date.ts';
import { formatMoney, formatQuantity, formatRange, formatValue } from './measure.ts';
import { formatAddress, formatName, formatUhid } from './person.ts';

export const useFormat = () => {
  const { t, i18n } = useTranslation('ui');
  const { language } = i18n;
  return useMemo(
    () => ({
      date: (value: string | undefined) => (value === undefined ? '' : formatDate(value, language)),
      dateTime: (value: string | undefined, timeZone?: string) =>
        value === undefined ? '' : formatDateTime(value, language, timeZone),
      time: (value: string | undefined, timeZone?: string) =>
        value === undefined ? '' : formatTime(value, language, timeZone),
      day: (value: string | undefined, timeZone?: string) =>
        value === undefined ? '' : formatDay(value, language, timeZone),
      age: (birthDate: string | undefined) =>
        birthDate === undefined ? '' : formatAge(birthDate, language),
      money: (money: Money | undefined) => formatMoney(money, language),
      value: (observation: Observation | ObservationComponent) =>
        formatValue(observation, { language, t: (key, values) => t(key, { ...values }) }),
      name: formatName,
      address: formatAddress,
      uhid: formatUhid,
      concept: formatConcept,
      coding: formatCoding,
      quantity: formatQuantity,
      range: formatRange,
    }),
    [language, t],
  );
};
