import {
  type FieldMeta,
  type FieldValue,
  type ObjectMeta,
  type RecordData,
  useObject,
  useRecordList,
  type Values,
} from '@/api';
import { isReference } from '@/fields';
import { NativeSelect, useTexts } from '@/ui';

interface OtherSideProps {
  target: ObjectMeta;
  object: ObjectMeta;
  record: RecordData;
  more: Values;
  onChange: (key: string, value: FieldValue) => void;
}

/** Who it was with: on a company's page, one of its people. */
export function OtherSide(props: OtherSideProps) {
  const fields = props.target.fields.filter(
    (field) => props.target.customer_links?.includes(field.key) && field.target !== props.object.key,
  );
  return fields.map((field) => <Choice key={field.key} {...props} field={field} />);
}

const noObject = { key: '', plural: '' };

function Choice({ field, object, record, more, onChange }: OtherSideProps & { field: FieldMeta }) {
  const { t, label } = useTexts();
  const other = useObject(field.target ?? undefined);
  // Only those who belong to this record: its people. A person's own company follows by itself.
  const back = other?.fields.find((each) => each.kind === 'link' && each.target === object.key);
  const list = useRecordList(
    other ?? noObject,
    { filter: back ? { [back.key]: { eq: record.id } } : undefined, fields: [] },
    { limit: 100, enabled: other !== undefined && back !== undefined },
  );
  if (!back || list.records.length === 0) return null;
  const value = more[field.key];
  return (
    <div>
      <NativeSelect
        label={label(field.label)}
        value={isReference(value) ? value.id : ''}
        onChange={(event) => {
          const found = list.records.find((each) => each.id === event.currentTarget.value);
          onChange(field.key, found ? { id: found.id, title: found.title } : null);
        }}
        data={[
          { value: '', label: t('crm.entry.nobody') },
          ...list.records.map((each) => ({ value: each.id, label: each.title })),
        ]}
      />
    </div>
  );
}
