import { type ObjectMeta, useObjects, useSession } from '@/api';

/** What the caller may open, in the order of the metadata. */
export function useNavigation(): { objects: ObjectMeta[]; canImport: boolean; isManager: boolean } {
  const objects = useObjects();
  const role = useSession().data?.user.role;
  return {
    objects: objects.filter((object) => object.in_navigation && object.permissions.read),
    canImport: objects.some((object) => object.permissions.import),
    isManager: role === 'owner' || role === 'manager',
  };
}
