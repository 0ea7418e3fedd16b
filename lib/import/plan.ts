import { compare } from '../issue';
import { type CustomResourceSchema, type KubernetesSchemas, schemaPath } from '../model/schema';
import { coreBindings, groupBindings } from './bindings';
import { CHARTS_FILE, chartReferences } from './charts';
import { readCustomResource } from './crd';
import { type Input, inputOf, type Read } from './inputs';
import { readInstanceTypes } from './instance-types';
import { formatJson } from './json';
import { readKubernetes } from './kubernetes';
import { reasonOf } from './reason';
import { originOf, parseKind, type Versions } from './versions';

/** What a run makes, by path below imports/. */
export interface Plan {
  readonly files: ReadonlyMap<string, string>;
  /** Every path that belongs to imports/, with or without a new text. */
  readonly paths: ReadonlySet<string>;
  /** Inputs that the folder does not have: their outputs stay as they are. */
  readonly missing: readonly string[];
  /** Inputs that cannot be used, each with the reason. */
  readonly problems: readonly string[];
}

type Parse = <T>(input: Input, parse: (text: string) => T) => Promise<T | undefined>;
type Output = readonly [path: string, text: string | undefined];

/** Reads every input and makes every output in memory. Bad inputs are problems of the plan, not exceptions. */
export async function planImport(versions: Versions, read: Read): Promise<Plan> {
  const missing: string[] = [];
  const problems: string[] = [];
  const parse: Parse = async (input, parseText) => {
    try {
      const text = await read(input);
      if (text !== undefined) return parseText(text);
      missing.push(input.file);
    } catch (error) {
      problems.push(`${input.file}: ${reasonOf(error)}`);
    }
    return undefined;
  };
  const outputs: Output[] = [
    ...charts(versions, problems),
    ...(await customResources(versions, parse)),
    ...(await kubernetes(versions, parse)),
    ...(await instanceTypes(versions, parse)),
  ].sort(([a], [b]) => compare(a, b));
  const files = new Map(
    outputs.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])),
  );
  return { files, paths: new Set(outputs.map(([path]) => path)), missing, problems };
}

/** The one output that needs no input. */
function charts(versions: Versions, problems: string[]): Output[] {
  try {
    const made = { 'x-tenantry': { source: 'imports/versions.yaml' }, charts: chartReferences(versions) };
    return [[CHARTS_FILE, formatJson(made)]];
  } catch (error) {
    problems.push(`versions.yaml: ${reasonOf(error)}`);
    return [];
  }
}

async function customResources(versions: Versions, parse: Parse): Promise<Output[]> {
  const outputs: Output[] = [];
  const groups = new Map<string, (CustomResourceSchema | undefined)[]>();
  for (const source of versions.customResources) {
    for (const [key, file] of Object.entries(source.kinds).sort(([a], [b]) => compare(a, b))) {
      const kind = parseKind(key);
      const schema = await parse(inputOf(source, file), (text) =>
        readCustomResource(text, kind, originOf(source)),
      );
      outputs.push([`schemas/${schemaPath(kind)}`, schema && formatJson(schema)]);
      groups.set(kind.group, [...(groups.get(kind.group) ?? []), schema]);
    }
  }
  for (const [group, schemas] of groups) {
    const known = schemas.filter((schema) => schema !== undefined);
    const whole = known.length === schemas.length;
    outputs.push([`${group}.ts`, whole ? groupBindings(known, versions.kubernetes.types) : undefined]);
  }
  return outputs;
}

async function kubernetes({ kubernetes: source }: Versions, parse: Parse): Promise<Output[]> {
  const input = inputOf(source, source.upstreamFile, source.file);
  const made = await parse(input, (text) => {
    const schemas: KubernetesSchemas = readKubernetes(text, source.kinds);
    const types = coreBindings(Object.keys(source.types), schemas.definitions, originOf(source));
    return { types, schemas: formatJson({ source: originOf(source), ...schemas }) };
  });
  return [
    ['schemas/kubernetes.json', made?.schemas],
    ['core.ts', made?.types],
  ];
}

async function instanceTypes({ instanceTypes: source }: Versions, parse: Parse): Promise<Output[]> {
  const { repository, path, version, read: date, file } = source;
  const text = await parse(inputOf(source, file), (document) => {
    const types = readInstanceTypes(document, source.families);
    return formatJson(
      { source: { repository, path: `${path}/${file}`, version, date }, types },
      LINE_PER_TYPE,
    );
  });
  return [['instance-types.json', text]];
}

const LINE_PER_TYPE = 200;
