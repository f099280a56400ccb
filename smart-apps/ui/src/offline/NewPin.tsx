// NewPin: a PIN, typed twice, behind a switch.

import { useId, useState } from 'react';
import { Button, Group, PasswordInput, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { faultOfPin, shortestPin } from './pin.ts';

export interface NewPinProps {
  readonly isSending: boolean;
  readonly isDisabled: boolean;
  readonly choose: (pin: string) => void;
}

type Fault = 'short' | 'simple' | 'different';

export const NewPin = ({ isSending, isDisabled, choose }: NewPinProps) => {
  const { t } = useTranslation('offline');
  const [isWanted, want] = useState(false);
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<Fault>();
  const id = useId();
  const send = (): void => {
    const found = faultOfPin(pin) ?? (pin === again ? undefined : 'different');
    setFault(found);
    if (found === undefined) choose(pin);
    else document.getElementById(found === 'different' ? `${id}-again` : id)?.focus();
  };
  const say = (...faults: readonly Fault[]) =>
    fault !== undefined && faults.includes(fault) && t(`pin.${fault}`, { count: shortestPin });

  return (
    <Stack gap="sm">
      <Switch
        label={t('keep.switch')}
        checked={isWanted}
        disabled={isDisabled}
        onChange={({ currentTarget }) => want(currentTarget.checked)}
      />
      {isWanted ? (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <Stack gap="sm" maw="20rem">
            <PasswordInput
              {...{ id, required: true, autoComplete: 'new-password', inputMode: 'numeric' }}
              label={t('pin.new')}
              description={t('pin.hint', { count: shortestPin })}
              value={pin}
              error={say('short', 'simple')}
              visibilityToggleButtonProps={{ 'aria-label': t('pin.show') }}
              onChange={({ currentTarget }) => setPin(currentTarget.value)}
            />
            <PasswordInput
              {...{ id: `${id}-again`, required: true, autoComplete: 'new-password' }}
              inputMode="numeric"
              label={t('pin.again')}
              value={again}
              error={say('different')}
              visibilityToggleButtonProps={{ 'aria-label': t('pin.show') }}
              onChange={({ currentTarget }) => setAgain(currentTarget.value)}
            />
            <Group>
              <Button type="submit" loading={isSending}>
                {t('keep.begin')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : null}
    </Stack>
  );
};
