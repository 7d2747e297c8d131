import { Button, Group, useTexts } from '@/ui';
import { setLanguage } from '../i18n';

export function LanguageLinks() {
  const { language } = useTexts();
  const other = language === 'ja' ? 'en' : 'ja';
  return (
    <Group>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        lang={other}
        onClick={() => void setLanguage(other)}
      >
        {other === 'en' ? 'English' : '日本語'}
      </Button>
    </Group>
  );
}
