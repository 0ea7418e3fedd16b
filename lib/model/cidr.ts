/** An IPv4 range as numbers, both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** The numbers of a range in CIDR notation that has been checked. */
export function toRange(cidr: string): Range {
  const [address = '', bits = ''] = cidr.split('/');
  const first = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { first, last: first + 2 ** (32 - Number(bits)) - 1 };
}

/** One of the equal parts of a range, each `bits` bits smaller. */
export function partOf(cidr: string, bits: number, index: number): string {
  const length = Number(cidr.slice(cidr.indexOf('/') + 1)) + bits;
  const first = toRange(cidr).first + index * 2 ** (32 - length);
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join('.')}/${length}`;
}

/** Whether two ranges share an address. */
export function overlap(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}
