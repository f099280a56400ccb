// UploadPage: many reports at once, each to the person whose health ID it carries, each with what came of it.

import { useCallback, useEffect, useRef } from 'react';
import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { uhidOf } from '@meridian/ui/format/person.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { DropPlace } from './DropPlace.tsx';
import { FileRow } from './FileRow.tsx';
import { canBeSent, faultOf, isOver, noWords, rowOf, type Words } from './row.ts';
import { countRows } from './rows.ts';
import { useUploads } from './useUploads.ts';
import { WordFields } from './WordFields.tsx';

export const UploadPage = ({ params: { patient: id } }: PageProps) => {
  const { t } = useTranslation('upload');
  const { data: patient, error, isLoading } = useRead<Patient>('Patient', id);
  const said: Words = {
    ...noWords,
    uhid: uhidOf(patient?.identifier) ?? '',
    birthDate: patient?.birthDate ?? '',
    family: patient?.name?.[0]?.family ?? '',
  };
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <Failure error={error} />
      {id !== undefined && isLoading ? (
        <Loading />
      ) : (
        <Uploading key={patient?.id ?? ''} said={said} about={patient?.id ?? ''} />
      )}
    </>
  );
};

interface UploadingProps {
  readonly said: Words;
  /** Whom all files are about, where that is known beforehand. */
  readonly about: string;
}

const Uploading = ({ said, about }: UploadingProps) => {
  const { t } = useTranslation('upload');
  const [all, setAll, forget] = useDraft<Words>(`upload:${about}`, said);
  const { rows, change, stop } = useUploads();
  const last = useRef(all);
  useEffect(() => {
    last.current = all;
  }, [all]);
  // The next time this page is opened it may be about somebody else: what is said for all now must not be said of them.
  useEffect(
    () => () => {
      change({ do: 'settle', all: last.current });
      forget();
    },
    [change, forget],
  );
  const add = useCallback(
    (files: readonly File[]) =>
      change({
        do: 'add',
        rows: files.map((file) => rowOf(file, crypto.randomUUID(), new Date().toISOString())),
      }),
    [change],
  );
  const counts = countRows(rows);
  const ready = rows.filter((row) => canBeSent(row) && faultOf(row, all) === undefined).length;
  return (
    <Stack>
      <Fieldset legend={t('all')}>
        <WordFields words={all} onChange={setAll} />
      </Fieldset>
      <DropPlace onFiles={add} />
      <Text role="status">
        {rows.length === 0 ? t('how') : t('counts', { ...counts, count: counts.all })}
      </Text>
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {rows.map((row) => (
          <FileRow
            key={row.key}
            row={row}
            all={all}
            onEdit={(own) => change({ do: 'edit', key: row.key, own })}
            onSend={() => change({ do: 'send', all, key: row.key })}
            onStop={() => stop(row)}
          />
        ))}
      </Stack>
      {rows.length === 0 ? null : (
        <Group>
          <Button disabled={ready === 0} onClick={() => change({ do: 'send', all })}>
            {t('send', { count: ready })}
          </Button>
          {rows.some(isOver) ? (
            <Button variant="default" onClick={() => change({ do: 'clear' })}>
              {t('clear')}
            </Button>
          ) : null}
        </Group>
      )}
    </Stack>
  );
};
