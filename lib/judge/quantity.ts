const SHAPE = /^([+-]?)([0-9]*)(?:\.([0-9]*))?((?:[KMGTPE]i|[numkMGTPE]?)|[eE][+-]?[0-9]+)$/;

const BINARY: ReadonlyMap<string, bigint> = new Map(
  ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, index) => [suffix, 1024n ** BigInt(index + 1)]),
);
const DECIMAL: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);

/** Billionths: the smallest unit that a quantity keeps. */
export const ONE = 1_000_000_000n;
const MOST = (2n ** 63n - 1n) * ONE;

const known = new Map<string, bigint | undefined>();

/**
 * A Kubernetes quantity in billionths, rounded up and capped at 2^63-1 as apimachinery's resource.ParseQuantity does
 * (k8s.io/apimachinery v0.36.1); undefined when it is none. Blanks around it are allowed.
 */
export function parseQuantity(written: unknown): bigint | undefined {
  const text = String(written).trim();
  if (!known.has(text)) {
    if (known.size > 10_000) known.clear();
    known.set(text, parse(text));
  }
  return known.get(text);
}

function parse(text: string): bigint | undefined {
  const [shape, sign, whole = '', fraction = '', suffix = ''] = SHAPE.exec(text) ?? [];
  if (shape === undefined || whole + fraction === '') return undefined;
  const binary = BINARY.get(suffix);
  const exponent =
    (DECIMAL.get(suffix) ?? (binary === undefined ? Number(suffix.slice(1)) : 0)) - fraction.length;
  const digits = BigInt(whole + fraction) * (binary ?? 1n);
  const amount = digits === 0n ? 0n : scale(digits, exponent + 9);
  const capped = amount > MOST ? MOST : amount;
  return sign === '-' ? -capped : capped;
}

/** Digits times ten to a power, rounded up. What is far beyond all limits is not computed. */
function scale(digits: bigint, power: number): bigint {
  if (power > 60) return MOST;
  if (power < -digits.toString().length - 1) return 1n;
  if (power >= 0) return digits * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (digits + divisor - 1n) / divisor;
}
