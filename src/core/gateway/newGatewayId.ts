import type { BaseUrl } from './baseUrl.ts';

/**
 * Makes an id for a new gateway from its host: one that `parseGateways` takes and nobody has.
 * @param isTaken whether an id belongs to another gateway already
 */
export async function newGatewayId(
  { host }: BaseUrl,
  isTaken: (id: string) => boolean | Promise<boolean>,
): Promise<string> {
  const plain = host
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 56);
  const first = plain === '' ? 'gateway' : plain;
  let id = first;
  for (let count = 2; await isTaken(id); count++) id = `${first}-${count}`;
  return id;
}
