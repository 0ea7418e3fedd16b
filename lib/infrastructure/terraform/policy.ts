import type { Statement } from '../statement';

/** A policy as text. What IAM itself puts in, such as a tag of the session, is not for Terraform to read. */
export function policy(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }).replaceAll(
    '${aws:',
    () => '$${aws:',
  );
}
