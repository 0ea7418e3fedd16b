import { type Interface, nameInterfaces } from './interfaces';
import type { Field, Shape } from './shape';

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** TypeScript interfaces of some roots and of everything below them, by name. */
export function formatInterfaces(roots: readonly Interface[]): string {
  const { interfaces, nameOf } = nameInterfaces(roots);
  const type = (shape: Shape): string => {
    switch (shape.is) {
      case 'text':
        return shape.text;
      case 'list':
        return listOf(type(shape.item));
      case 'map':
        return `{ [key: string]: ${type(shape.value)} }`;
      case 'object':
        return shape.fields.length === 0 ? '{}' : nameOf(shape);
    }
  };
  const line = ({ name, required, shape }: Field) =>
    `  ${IDENTIFIER.test(name) ? name : `'${name}'`}${required ? '' : '?'}: ${type(shape)};`;
  return interfaces
    .map(({ name, fields }) => `export interface ${name} {\n${fields.map(line).join('\n')}\n}\n`)
    .join('\n');
}

function listOf(item: string): string {
  return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
}
