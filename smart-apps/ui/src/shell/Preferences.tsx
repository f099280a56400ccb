// Preferences: language, colours, the account, and signing out, behind one button. The browser's own popover closes itself.
// https://developer.mozilla.org/en-US/docs/Web/API/Popover_API

import { useId, useRef } from 'react';
import {
  ActionIcon,
  NavLink,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import {
  IconCheck,
  IconDots,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languages } from '../languages.ts';
import { useSession } from '../session/session.ts';
import classes from './Preferences.module.css';

export const Preferences = () => {
  const { t, i18n } = useTranslation('ui');
  const { signOut } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  const SchemeIcon = other === 'dark' ? IconMoon : IconSun;
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = (): void => panel.current?.hidePopover();

  return (
    <>
      <ActionIcon aria-label={t('shell.account')} color="gray" size="xl" popoverTarget={id}>
        <IconDots aria-hidden />
      </ActionIcon>
      <div ref={panel} id={id} popover="auto" className={classes.panel}>
        <Text id={`${id}-language`} size="sm" c="dimmed" px="sm" py={4}>
          {t('shell.language')}
        </Text>
        <div role="group" aria-labelledby={`${id}-language`}>
          {languages.map(({ code, name }) => {
            const isOn = i18n.language === code;
            return (
              <NavLink
                key={code}
                component="button"
                lang={code}
                label={name}
                aria-pressed={isOn}
                fw={isOn ? 700 : undefined}
                rightSection={isOn ? <IconCheck size={16} aria-hidden /> : null}
                onClick={() => {
                  void i18n.changeLanguage(code);
                  close();
                }}
              />
            );
          })}
        </div>
        <hr className={classes.line} />
        <NavLink
          component="button"
          label={t(`shell.${other}`)}
          leftSection={<SchemeIcon size={18} aria-hidden />}
          onClick={() => {
            setColorScheme(other);
            close();
          }}
        />
        <NavLink
          component="a"
          href="/oauth/account"
          label={t('shell.account')}
          leftSection={<IconUserCircle size={18} aria-hidden />}
        />
        <NavLink
          component="button"
          label={t('session.signOut')}
          leftSection={<IconLogout size={18} aria-hidden />}
          onClick={signOut}
        />
      </div>
    </>
  );
};
