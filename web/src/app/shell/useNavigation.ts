import {
  IconBrush,
  IconFileImport,
  IconGauge,
  IconId,
  IconSettings,
  IconUsersGroup,
} from '@tabler/icons-react';
import { type ObjectMeta, useObjects, useSession } from '@/api';

// In the order of the navigation. One line here puts a page into the sidebar, the phone's menu and the command palette.
const tools = [
  { to: '/cards', text: 'app.cards', Icon: IconId, may: mayAddCards },
  { to: '/import', text: 'app.import', Icon: IconFileImport, may: mayImport },
  { to: '/duplicates', text: 'app.duplicates', Icon: IconUsersGroup, may: everyone },
  { to: '/tidy', text: 'app.tidy', Icon: IconBrush, may: everyone },
  { to: '/maturity', text: 'app.maturity', Icon: IconGauge, may: everyone },
  { to: '/settings', text: 'app.settings', Icon: IconSettings, may: everyone },
] as const satisfies readonly {
  to: string;
  text: string;
  Icon: typeof IconId;
  may: (objects: ObjectMeta[]) => boolean;
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

function mayImport(objects: ObjectMeta[]): boolean {
  return objects.some((object) => object.permissions.import);
}

function mayAddCards(objects: ObjectMeta[]): boolean {
  return objects.some((object) => object.key === 'business_card' && object.permissions.create);
}

function everyone(): boolean {
  return true;
}
