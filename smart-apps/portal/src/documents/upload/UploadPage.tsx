// UploadPage: adds a document of one's own, with the camera or from a file.

import { FormActions } from '@meridian/ui/forms/FormActions.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { BackLink } from '../../record/details/BackLink.tsx';
import { today } from '../../sharing/days.ts';
import { documentKinds, type DocumentKind } from '../document-kinds.ts';
import { ChooseFile } from './ChooseFile.tsx';
import { faultOf, type Fault, type NewDocument } from './new-document.ts';
import { UploadProgress } from './UploadProgress.tsx';
import { useUpload } from './useUpload.ts';

const blank: NewDocument = { title: '', kind: 'laboratory', date: '' };

export const UploadPage = () => {
  const { t } = useTranslation('documents');
  const { patient = '' } = useSession();
  const [, go] = useLocation();
  const [said, say, clear] = useDraft<NewDocument>(`document ${patient}`, blank);
  const [file, setFile] = useState<File>();
  const [fault, setFault] = useState<Fault>();
  const { state, start, cancel } = useUpload();

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const found = faultOf(said, file, today());
    setFault(found);
    if (found !== undefined) document.getElementById(fieldOf[found])?.focus();
    if (found !== undefined || file === undefined) return;
    const id = await start(file, said);
    if (id === undefined) return;
    clear();
    go(`/documents/${id}`, { replace: true });
  };
  const errorOf = (...faults: readonly Fault[]): string | undefined =>
    fault !== undefined && faults.includes(fault) ? t(`fault.${fault}`) : undefined;

  return (
    <>
      <BackLink to="/documents" label={t('back')} />
      <PageTitle>{t('new')}</PageTitle>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Stack maw={480}>
          <ChooseFile
            file={file}
            error={errorOf('noFile', 'empty')}
            choose={(chosen) => {
              setFile(chosen);
              if (said.title === '') say({ ...said, title: nameOf(chosen) });
            }}
          />
          <TextInput
            id="document-title"
            label={t('field.title')}
            required
            value={said.title}
            error={errorOf('noTitle')}
            onChange={({ currentTarget }) => say({ ...said, title: currentTarget.value })}
          />
          <NativeSelect
            label={t('field.kind')}
            value={said.kind}
            onChange={({ currentTarget }) =>
              say({ ...said, kind: currentTarget.value as DocumentKind })
            }
            data={documentKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
          <TextInput
            id="document-date"
            type="date"
            label={t('field.date')}
            description={t('field.dateText')}
            value={said.date}
            error={errorOf('future')}
            onChange={({ currentTarget }) => say({ ...said, date: currentTarget.value })}
          />
          {state.is === 'sending' ? <UploadProgress sent={state.sent} cancel={cancel} /> : null}
          <FormActions
            submit={t(state.is === 'failed' ? 'sendAgain' : 'send')}
            isSending={state.is === 'sending'}
            error={state.is === 'failed' ? state.error : undefined}
          />
        </Stack>
      </form>
    </>
  );
};

const fieldOf: Readonly<Record<Fault, string>> = {
  ...{ noFile: 'document-file', empty: 'document-file' },
  ...{ noTitle: 'document-title', future: 'document-date' },
};

/** Without its ending. */
const nameOf = ({ name }: File): string => name.replace(/\.[A-Za-z0-9]{1,5}$/, '');
