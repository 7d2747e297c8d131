import {
  IconBrush,
  IconCalendar,
  IconFileImport,
  IconGauge,
  IconId,
  IconSettings,
  IconUsersGroup,
} from '@tabler/icons-react';
import { type ObjectMeta, useObjects, useSession } from '@/api';

// In the order of the navigation. One line here puts a page into the sidebar, the phone's menu and the command palette.
const tools = [
  { to: '/calendar', text: 'app.calendar', Icon: IconCalendar, may: hasDays, daily: true },
  { to: '/cards', text: 'app.cards', Icon: IconId, may: mayAddCards, daily: false },
  { to: '/import', text: 'app.import', Icon: IconFileImport, may: mayImport, daily: false },
  { to: '/duplicates', text: 'app.duplicates', Icon: IconUsersGroup, may: everyone, daily: false },
  { to: '/tidy', text: 'app.tidy', Icon: IconBrush, may: everyone, daily: false },
  { to: '/maturity', text: 'app.maturity', Icon: IconGauge, may: everyone, daily: false },
  { to: '/settings', text: 'app.settings', Icon: IconSettings, may: everyone, daily: false },
] as const satisfies readonly {
  to: string;
  text: string;
  Icon: typeof IconId;
  may: (objects: ObjectMeta[]) => boolean;
  /** Stands at the top of the sidebar, under 今日. */
  daily: boolean;
}[];

/** A page of the product that is not the list of an object. */
export type Tool = (typeof tools)[number];

/** What the caller may open; the objects in the order of the metadata. */
export function useNavigation(): { objects: ObjectMeta[]; tools: Tool[]; isManager: boolean } {
  const objects = useObjects();
  const role = useSession().data?.user.role;
  return {
    objects: objects.filter((object) => object.in_navigation && object.permissions.read),
    tools: tools.filter((tool) => tool.may(objects)),
    isManager: role === 'owner' || role === 'manager',
  };
}

function hasDays(objects: ObjectMeta[]): boolean {
  return objects.some(({ key, permissions }) => (key === 'task' || key === 'activity') && permissions.read);
}

function mayImport(objects: ObjectMeta[]): boolean {
  return objects.some((object) => object.permissions.import);
}

function mayAddCards(objects: ObjectMeta[]): boolean {
  return objects.some((object) => object.key === 'business_card' && object.permissions.create);
}

function everyone(): boolean {
  return true;
}
