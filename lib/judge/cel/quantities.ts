import { ONE, parseQuantity } from '../quantity';
import { fail, type Library } from './library';

/** A Kubernetes quantity inside a CEL expression. */
class Quantity {
  readonly amount: bigint;

  constructor(amount: bigint) {
    this.amount = amount;
  }
}

/** Kubernetes' quantity library (k8s.io/apiserver/pkg/cel/library/quantity.go, v0.36). */
export const quantities: Library = (environment) => {
  const whole = ({ amount }: Quantity) => amount % ONE === 0n;
  environment
    .registerType('kubernetes.Quantity', Quantity)
    .registerFunction('quantity(string): kubernetes.Quantity', (text: string) => new Quantity(read(text)))
    .registerFunction('isQuantity(string): bool', (text: string) => parseQuantity(text) !== undefined)
    .registerFunction('kubernetes.Quantity.sign(): int', ({ amount }: Quantity) =>
      amount === 0n ? 0n : amount > 0n ? 1n : -1n,
    )
    .registerFunction('kubernetes.Quantity.isInteger(): bool', whole)
    .registerFunction('kubernetes.Quantity.asInteger(): int', (quantity: Quantity) =>
      whole(quantity) ? quantity.amount / ONE : fail('quantity is no integer'),
    )
    .registerFunction(
      'kubernetes.Quantity.asApproximateFloat(): double',
      ({ amount }: Quantity) => Number(amount) / Number(ONE),
    );
  compare('isGreaterThan', (a, b) => a > b);
  compare('isLessThan', (a, b) => a < b);
  environment.registerFunction(
    'kubernetes.Quantity.compareTo(kubernetes.Quantity): int',
    (a: Quantity, b: Quantity) => (a.amount === b.amount ? 0n : a.amount > b.amount ? 1n : -1n),
  );
  arithmetic('add', (a, b) => a + b);
  arithmetic('sub', (a, b) => a - b);

  function compare(name: string, holds: (a: bigint, b: bigint) => boolean): void {
    environment.registerFunction(
      `kubernetes.Quantity.${name}(kubernetes.Quantity): bool`,
      (a: Quantity, b: Quantity) => holds(a.amount, b.amount),
    );
  }

  function arithmetic(name: string, apply: (a: bigint, b: bigint) => bigint): void {
    environment
      .registerFunction(
        `kubernetes.Quantity.${name}(kubernetes.Quantity): kubernetes.Quantity`,
        (a: Quantity, b: Quantity) => new Quantity(apply(a.amount, b.amount)),
      )
      .registerFunction(
        `kubernetes.Quantity.${name}(int): kubernetes.Quantity`,
        (a: Quantity, b: bigint) => new Quantity(apply(a.amount, b * ONE)),
      );
  }
};

function read(text: string): bigint {
  return parseQuantity(text) ?? fail(`"${text}" is no quantity`);
}
