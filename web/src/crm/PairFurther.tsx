import { IconBuildings } from '@tabler/icons-react';
import { type DuplicatePair, type ObjectMeta, useDecide } from '@/api';
import { referencesOf } from '@/fields';
import { Button, Menu, notifyError, notifyUndo, Text, useTexts } from '@/ui';

interface PairFurtherProps {
  object: ObjectMeta;
  pair: DuplicatePair;
  busy: boolean;
}

/** Two companies may be head office and branch; a person met at two companies may have moved. */
export function PairFurther(props: PairFurtherProps) {
  if (props.object.key === 'company') return <BranchMenu {...props} />;
  if (props.object.key === 'person') return <MovedHint {...props} />;
  return null;
}

function BranchMenu({ object, pair, busy }: PairFurtherProps) {
  const { t } = useTexts();
  const decide = useDecide(object.key);
  const parent = object.fields.find((field) => field.key === 'parent' && field.writable !== false);
  if (!parent || parent.masked) return null;
  const sides = [
    { above: pair.a, below: pair.b },
    { above: pair.b, below: pair.a },
  ];
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="subtle"
          leftSection={<IconBuildings size={16} />}
          disabled={busy}
          loading={decide.isPending}
        >
          {t('crm.branch.menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sides.map(({ above, below }) => (
          <Menu.Item
            key={above.id}
            onClick={() =>
              decide.mutate(
                {
                  pairs: [pair],
                  decision: 'different',
                  set: { id: below.id, values: { [parent.key]: above.id } },
                },
                {
                  onSuccess: ({ change }) =>
                    notifyUndo(t('crm.branch.done', { above: above.title, below: below.title }), change),
                  onError: notifyError,
                },
              )
            }
          >
            {t('crm.branch.above', { above: above.title, below: below.title })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The same name and mobile at two companies: rather one who changed companies than two people. */
function MovedHint({ pair }: PairFurtherProps) {
  const { t } = useTexts();
  const companies = [pair.a, pair.b].map((record) => referencesOf(record.company)[0]);
  const [one, two] = companies;
  const agrees = (code: string, field?: string) =>
    pair.reasons.some(
      (reason) => reason.agrees && reason.code === code && (field === undefined || reason.field === field),
    );
  const moved = one && two && one.id !== two.id && agrees('name_equal') && agrees('phone_equal', 'mobile');
  if (!moved) return null;
  return (
    <Text size="sm" style={{ flex: '1 1 100%' }}>
      {t('crm.moved.hint', { one: one.title, two: two.title })}
    </Text>
  );
}
