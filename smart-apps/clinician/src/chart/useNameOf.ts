// useNameOf: what an observation is called: vital signs by the short names everybody uses, all others as they are coded.
// https://hl7.org/fhir/R4/observation-vitalsigns.html

import type { Observation } from 'fhir/r4';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';

export const useNameOf = (): ((observation: Observation) => string) => {
  const { t } = useTranslation('chart');
  const format = useFormat();
  return ({ code }) => {
    const { code: loinc } = code.coding?.find(({ system }) => system === 'http://loinc.org') ?? {};
    const words = format.concept(code);
    return loinc === undefined ? words : t(`vitals.name.${loinc}`, { defaultValue: words });
  };
};
