// CurrentMedicines: what is prescribed now, and what can be done with it: print, renew, stop.

import { useState } from 'react';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { MedicationRequest } from 'fhir/r4';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { nameOfMedicine } from '../chart/dosage.ts';
import { useDosageLines } from './useDosageLines.ts';
import { StopDialog } from './StopDialog.tsx';
import type { Known } from './useKnown.ts';

export interface CurrentMedicinesProps {
  readonly patient: string;
  readonly known: Known;
}

export const CurrentMedicines = ({ patient, known }: CurrentMedicinesProps) => {
  const { t } = useTranslation('prescribe');
  const [stopping, setStopping] = useState<string>();
  // As it is stored: it is sent back whole.
  const request = known.found.items.find(({ id }) => id === stopping);
  return (
    <section aria-labelledby="current-medicines">
      <Title order={2} size="h5" mb="xs" id="current-medicines">
        {t('current.title')}
      </Title>
      <Listed found={known.found} empty={{ title: t('current.none') }}>
        {() => (
          <Stack gap="xs">
            {known.requests.map((each) => (
              <Current
                key={each.id}
                {...{ patient, request: each }}
                stop={() => setStopping(each.id)}
              />
            ))}
          </Stack>
        )}
      </Listed>
      {request === undefined ? null : (
        <StopDialog
          request={request}
          medicine={nameOfMedicine(known.requests.find(({ id }) => id === stopping) ?? request)}
          readAgain={known.again}
          close={() => setStopping(undefined)}
        />
      )}
    </section>
  );
};

interface CurrentProps {
  readonly patient: string;
  readonly request: MedicationRequest;
  readonly stop: () => void;
}

const Current = ({ patient, request, stop }: CurrentProps) => {
  const { t } = useTranslation('prescribe');
  const format = useFormat();
  const dosageOf = useDosageLines();
  const { id = '', status, authoredOn, requester, dosageInstruction } = request;
  const medicine = nameOfMedicine(request) || t('current.nameless');
  return (
    <Paper withBorder p="sm">
      <Text fw={600}>{medicine}</Text>
      {status === 'on-hold' ? (
        <Text size="sm" fw={600}>
          {t('current.onHold')}
        </Text>
      ) : null}
      <Text size="sm">{dosageOf(dosageInstruction)}</Text>
      <Text size="xs" c="dimmed" mb="xs">
        {[format.date(authoredOn), requester?.display].filter(Boolean).join(' · ')}
      </Text>
      <Group gap="xs">
        {(['renew', 'print'] as const).map((way) => (
          <Button
            key={way}
            component={Link}
            href={`/patients/${patient}/${hrefs[way]}${id}`}
            size="compact-sm"
            variant="default"
            aria-label={t(`current.${way}Of`, { medicine })}
          >
            {t(`current.${way}`)}
          </Button>
        ))}
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          aria-label={t('current.stopOf', { medicine })}
          onClick={stop}
        >
          {t('current.stop')}
        </Button>
      </Group>
    </Paper>
  );
};

const hrefs = { renew: 'prescribe?renew=', print: 'prescriptions/' } as const;
