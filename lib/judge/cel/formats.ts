import { Optional } from '@marcbachmann/cel-js';
import { isDns1035Label, isDns1123Label, isDns1123Subdomain, isLabelValue, isQualifiedName } from '../names';
import { matches } from '../pattern';
import { fail, type Library } from './library';

/** A format with a name, such as `format.dns1123Label()`. */
class Format {
  readonly problem: (text: string) => string | undefined;

  constructor(problem: (text: string) => string | undefined) {
    this.problem = problem;
  }
}

/** What `format` stands for in an expression. */
class Formats {}

const DATE = '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$';
const UUID = '^(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$';

const FORMATS: ReadonlyMap<string, (text: string) => string | undefined> = new Map([
  ['dns1123Label', isDns1123Label],
  ['dns1123Subdomain', isDns1123Subdomain],
  ['dns1035Label', isDns1035Label],
  ['qualifiedName', isQualifiedName],
  ['labelValue', isLabelValue],
  ['uuid', shaped(UUID, 'must be a UUID')],
  ['date', shaped(DATE, 'must be a date')],
  ['byte', shaped('^[A-Za-z0-9+/\\r\\n]*={0,2}$', 'must be base64')],
]);

/** Kubernetes' format library (k8s.io/apiserver/pkg/cel/library/format.go, v0.36). */
export const formats: Library = (environment) => {
  environment
    .registerType('kubernetes.NamedFormat', Format)
    .registerType('kubernetes.Formats', Formats)
    .registerConstant('format', 'kubernetes.Formats', new Formats())
    .registerFunction('kubernetes.Formats.named(string): dyn', (_: Formats, name: string) => named(name))
    .registerFunction('kubernetes.NamedFormat.validate(string): dyn', ({ problem }: Format, text: string) => {
      const found = problem(text);
      return found === undefined ? Optional.none() : Optional.of([found]);
    });
  for (const name of FORMATS.keys()) {
    environment.registerFunction(`kubernetes.Formats.${name}(): kubernetes.NamedFormat`, () => named(name));
  }
};

function named(name: string): Format {
  return new Format(FORMATS.get(name) ?? fail(`no format "${name}"`));
}

function shaped(pattern: string, message: string): (text: string) => string | undefined {
  return (text) => (matches(pattern, text) ? undefined : message);
}
