// RequestFields: the controls of a request for access.

import { Checkbox, NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kinds, purposes, type Wanted } from './request.ts';

export interface RequestFieldsProps {
  readonly wanted: Wanted;
  readonly change: (wanted: Wanted) => void;
  /** Ids of the fields that are not right. */
  readonly faults: readonly string[];
}

export const RequestFields = ({ wanted, change, faults }: RequestFieldsProps) => {
  const { t } = useTranslation('access');
  const faultOf = (field: string) => (faults.includes(field) ? t(`faults.${field}`) : null);
  return (
    <>
      <TextInput
        id="uhid"
        label={t('uhid')}
        description={t('uhidHint')}
        required
        inputMode="numeric"
        autoComplete="off"
        value={wanted.uhid}
        error={faultOf('uhid')}
        onChange={({ currentTarget }) => change({ ...wanted, uhid: currentTarget.value })}
      />
      <Checkbox.Group
        id="kinds"
        tabIndex={-1}
        label={t('ask.kinds')}
        required
        value={[...wanted.kinds]}
        error={faultOf('kinds')}
        onChange={(chosen) => change({ ...wanted, kinds: chosen })}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
          {kinds.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`kind.${kind}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <NativeSelect
        label={t('ask.purpose')}
        value={wanted.purpose}
        data={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))}
        onChange={({ currentTarget }) => change({ ...wanted, purpose: currentTarget.value })}
      />
      <TextInput
        id="until"
        type="date"
        label={t('ask.until')}
        description={t('ask.untilHint')}
        required
        value={wanted.until}
        error={faultOf('until')}
        onChange={({ currentTarget }) => change({ ...wanted, until: currentTarget.value })}
      />
      <Textarea
        label={t('ask.text')}
        description={t('ask.textHint')}
        autosize
        minRows={2}
        maxLength={1000}
        value={wanted.text}
        onChange={({ currentTarget }) => change({ ...wanted, text: currentTarget.value })}
      />
      <Checkbox
        label={t('ask.desk')}
        description={t('ask.deskHint')}
        checked={wanted.isAtDesk}
        onChange={({ currentTarget }) => change({ ...wanted, isAtDesk: currentTarget.checked })}
      />
    </>
  );
};
