// ChartPanels: the parts of the chart, what matters most first.

import { useState } from 'react';
import { Box, SimpleGrid, Stack } from '@mantine/core';
import type { Observation } from 'fhir/r4';
import { useSearchTogether } from '../fhir/useTogether.ts';
import { Allergies } from './Allergies.tsx';
import classes from './ChartPanels.module.css';
import { Documents } from './Documents.tsx';
import { History } from './History.tsx';
import { Immunizations } from './Immunizations.tsx';
import { drawnOf, measuredIn } from './measured.ts';
import { Medicines } from './Medicines.tsx';
import { Problems } from './Problems.tsx';
import { laboratoryOf, vitalsOf } from './questions.ts';
import { Results } from './Results.tsx';
import { Trends } from './Trends.tsx';
import { Vitals } from './Vitals.tsx';

export const ChartPanels = ({ patient }: { readonly patient: string }) => {
  const [chosen, choose] = useState<string>();
  const vitals = useSearchTogether<Observation>('Observation', vitalsOf(patient));
  const laboratory = useSearchTogether<Observation>('Observation', laboratoryOf(patient));
  const signs = measuredIn(vitals.items);
  const tests = measuredIn(laboratory.items);
  const drawn = drawnOf(chosen, [...signs, ...tests]);
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
        <Problems patient={patient} />
        <Medicines patient={patient} />
        <Allergies patient={patient} />
      </SimpleGrid>
      <Box className={classes.narrowAndWide}>
        <Vitals {...{ found: vitals, signs, drawn, choose }} />
        <Trends {...{ patient, signs, tests, drawn, choose }} />
      </Box>
      <Box className={classes.wideAndNarrow}>
        <Results found={laboratory} choose={choose} />
        <Stack gap="md">
          <Documents patient={patient} />
          <Immunizations patient={patient} />
        </Stack>
      </Box>
      <History patient={patient} />
    </Stack>
  );
};
