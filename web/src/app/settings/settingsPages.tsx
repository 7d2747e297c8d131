import {
  type Icon,
  IconBuilding,
  IconColumns3,
  IconFileExport,
  IconKey,
  IconMapPin,
  IconRuler2,
  IconShieldLock,
  IconUserCog,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';

/** The pages of the settings; `name` is also the key of their texts. */
export const settingsPages = [
  { name: 'account', to: '/settings/account', icon: IconUserCog, managers: false },
  { name: 'company', to: '/settings/company', icon: IconBuilding, managers: true },
  { name: 'users', to: '/settings/users', icon: IconUsers, managers: true },
  { name: 'teams', to: '/settings/teams', icon: IconUsersGroup, managers: true },
  { name: 'roles', to: '/settings/roles', icon: IconShieldLock, managers: true },
  { name: 'fields', to: '/settings/fields', icon: IconColumns3, managers: true },
  { name: 'reference', to: '/settings/reference', icon: IconMapPin, managers: true },
  { name: 'rules', to: '/settings/rules', icon: IconRuler2, managers: true },
  { name: 'exports', to: '/settings/exports', icon: IconFileExport, managers: true },
  { name: 'tokens', to: '/settings/tokens', icon: IconKey, managers: false },
] as const satisfies readonly { name: string; to: string; icon: Icon; managers: boolean }[];
