import { IconChevronRight, IconPhone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRecord } from '@/api';
import { QuickEntry } from '@/crm/QuickEntry';
import { phoneHref } from '@/fields';
import { Button, Drawer, ErrorState, Group, Loading, Stack, useTexts } from '@/ui';
import { phonesOf } from '../phones';
import type { Customer } from './customers';

/** Calls a customer and writes down what was said, without leaving the page. The last customer is who is talked to. */
export function ContactDrawer({
  customers,
  onClose,
  onDone,
}: {
  customers: Customer[];
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTexts();
  const whom = customers.at(-1);
  if (!whom) return null;
  return (
    <Drawer
      opened
      onClose={onClose}
      size="lg"
      position="right"
      title={t('app.work.contactWith', { name: customers.map((each) => each.ref.title).join(' ') })}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Stack gap="xs" mb="md">
        {customers.map((each) => (
          <Ways key={each.ref.id} customer={each} />
        ))}
      </Stack>
      <Entry customer={whom} onDone={onDone} />
    </Drawer>
  );
}

function Ways({ customer }: { customer: Customer }) {
  const { t, label } = useTexts();
  const { data } = useRecord(customer.object, customer.ref.id);
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={t('app.work.pageOf', { name: customer.ref.title })}
        rightSection={<IconChevronRight size={15} stroke={1.8} />}
        renderRoot={(props) => (
          <Link
            to="/o/$plural/$id"
            params={{ plural: customer.object.plural, id: customer.ref.id }}
            {...props}
          />
        )}
      >
        {customer.ref.title}
      </Button>
      <Group gap="xs" mt={4}>
        {data &&
          phonesOf(customer.object, data).map(({ number, field }) => (
            <Button
              key={number}
              component="a"
              href={phoneHref(number)}
              variant="default"
              leftSection={<IconPhone size={16} stroke={1.8} />}
              title={label(field.label)}
              aria-label={t('app.work.callAt', { name: customer.ref.title, number })}
            >
              {number}
            </Button>
          ))}
      </Group>
    </div>
  );
}

function Entry({ customer, onDone }: { customer: Customer; onDone: () => void }) {
  const { data, isPending, error, refetch } = useRecord(customer.object, customer.ref.id);
  if (isPending) return <Loading rows={4} />;
  if (error) return <ErrorState compact error={error} onRetry={() => void refetch()} />;
  return <QuickEntry object={customer.object} record={data} onSaved={onDone} />;
}
