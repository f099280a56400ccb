// LowerPanels: what was measured, papers, vaccines and the timeline.

import { Box, Stack } from '@mantine/core';
import { Documents } from './Documents.tsx';
import { History } from './History.tsx';
import { Immunizations } from './Immunizations.tsx';
import classes from './LowerPanels.module.css';
import { Results } from './Results.tsx';
import { Trends } from './Trends.tsx';
import type { Lower } from './useLower.ts';
import { Vitals } from './Vitals.tsx';

export const LowerPanels = ({ lower }: { readonly lower: Lower }) => {
  const { vitals, laboratory, trend, signs, tests, drawn, choose } = lower;
  return (
    <>
      <Box className={classes.narrowAndWide}>
        <Vitals {...{ found: vitals, signs, drawn, choose }} />
        <Trends {...{ found: trend, signs, tests, drawn, choose }} />
      </Box>
      <Box className={classes.wideAndNarrow}>
        <Results found={laboratory} choose={choose} />
        <Stack gap="md">
          <Documents found={lower.documents} />
          <Immunizations found={lower.immunizations} />
        </Stack>
      </Box>
      <History history={lower.events} />
    </>
  );
};
