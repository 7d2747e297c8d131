/** Opens an address in the map program of the phone itself; undefined on a desk, where no such program can be counted on.
 *  The address goes to no server from here. iPhones do not know geo: in every version, their own maps: they do. */
export function mapLink(address: string, userAgent: string): string | undefined {
  const place = encodeURIComponent(address);
  if (/iPhone|iPad|iPod/.test(userAgent)) return `maps:?q=${place}`;
  return /Android/.test(userAgent) ? `geo:0,0?q=${place}` : undefined;
}
