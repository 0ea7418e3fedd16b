import type { Statement } from '../infrastructure/statement';

/** A request of a session to AWS. */
export interface Request {
  readonly action: string;
  /** ARN of what it is about. */
  readonly resource: string;
  /** ARN of the role of the session. */
  readonly role: string;
  /** Keys that conditions and variables read, such as `aws:PrincipalTag/kubernetes-namespace` or `s3:prefix`. */
  readonly keys: Readonly<Record<string, string>>;
}

/**
 * Whether policies of one account allow a request: a statement allows it, and none denies it (IAM user guide, policy
 * evaluation logic). Throws on an operator of conditions that it does not know.
 */
export function allows(statements: readonly Statement[], request: Request): boolean {
  const effects = statements.filter((statement) => applies(statement, request)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies({ Action, Resource = [], Principal, Condition = {} }: Statement, request: Request): boolean {
  const { action, resource, role, keys } = request;
  // A statement of a role has no principal: it is about who has the role.
  const who = Principal === undefined || Principal === '*' || (Principal.AWS ?? []).includes(role);
  return (
    who &&
    Action.some((pattern) => isLike(pattern.toLowerCase(), action.toLowerCase(), {})) &&
    Resource.some((pattern) => isLike(pattern, resource, keys)) &&
    Object.entries(Condition).every(([operator, tests]) =>
      Object.entries(tests).every(([key, values]) => operatorOf(operator)(keys[key], [values].flat(), keys)),
    )
  );
}

type Operator = (value: string | undefined, wanted: readonly string[], keys: Request['keys']) => boolean;

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['StringEquals', (value, wanted) => value !== undefined && wanted.includes(value)],
  ['Bool', (value, wanted) => value !== undefined && wanted.includes(value)],
  [
    'StringLike',
    (value, wanted, keys) => value !== undefined && wanted.some((pattern) => isLike(pattern, value, keys)),
  ],
]);

function operatorOf(name: string): Operator {
  const operator = OPERATORS.get(name);
  if (operator === undefined) throw new Error(`nobody has taught the proof what ${name} means`);
  return operator;
}

/** `*` and `?` of a pattern match anything; what a variable stands for matches itself, and nothing where it has no value. */
function isLike(pattern: string, text: string, keys: Request['keys']): boolean {
  const parts = pattern.split(/\$\{([^}]*)\}/);
  const values = parts.map((part, index) => (index % 2 === 0 ? wildcards(part) : literal(keys[part])));
  return !values.includes(undefined) && new RegExp(`^${values.join('')}$`, 's').test(text);
}

function wildcards(text: string): string {
  return String(literal(text)).replaceAll('\\*', '.*').replaceAll('\\?', '.');
}

function literal(text: string | undefined): string | undefined {
  return text?.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
