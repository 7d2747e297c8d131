import { expect, it } from 'vitest';
import { browserName } from './browserName';

it('names browser, system and size', () => {
  const edge =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0';
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1';

  expect(browserName(edge, 1440, 900)).toBe('Edge 130 Windows 1440×900');
  expect(browserName(phone, 390, 844)).toBe('Safari 17 iOS 390×844');
  expect(browserName('curl', 1, 2)).toBe('1×2');
});
