// CurrentMedicines: what is prescribed now, and what can be done with it: print, renew, stop. A course that has ended comes after
// the others, for it may be wanted again.

import { useState } from 'react';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { MedicationRequest } from 'fhir/r4';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useDosage } from '@meridian/ui/record/dosage/useDosage.ts';
import { lastDayOf } from '@meridian/ui/record/last-day.ts';
import { nameOfMedicine } from '@meridian/ui/record/medicine.ts';
import { endedOn } from '@meridian/ui/record/standing.ts';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
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
  const today = lastDayOf(new Date().toISOString());
  const isOver = (each: MedicationRequest): boolean => endedOn(each, today) !== undefined;
  const shown = [
    ...known.requests.filter((each) => !isOver(each)),
    ...known.requests.filter(isOver),
  ];
  return (
    <section aria-labelledby="current-medicines">
      <Title order={2} size="h5" mb="xs" id="current-medicines">
        {t('current.title')}
      </Title>
      <Listed found={known.found} empty={{ title: t('current.none') }}>
        {() => (
          <Stack gap="xs">
            {shown.map((each) => (
              <Current
                key={each.id}
                {...{ patient, request: each, ended: endedOn(each, today) }}
                stop={() => setStopping(each.id)}
              />
            ))}
          </Stack>
        )}
      </Listed>
      {request === undefined ? null : (
        <StopDialog
          request={request}
          medicine={nameOfMedicine(request, known.found.included) || t('current.nameless')}
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
  /** The last day of a course that has gone to its end. */
  readonly ended: string | undefined;
  readonly stop: () => void;
}

const Current = ({ patient, request, ended, stop }: CurrentProps) => {
  const { t } = useTranslation('prescribe');
  const format = useFormat();
  const dosageOf = useDosage();
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
      {ended === undefined ? null : (
        <Text size="sm" fw={600}>
          {t('current.ended', { date: format.date(ended) })}
        </Text>
      )}
      {dosageOf(dosageInstruction).map((line) => (
        <Text size="sm" key={line}>
          {line}
        </Text>
      ))}
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
