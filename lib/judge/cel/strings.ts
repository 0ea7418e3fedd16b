import { find, findAll, matches } from '../pattern';
import type { Library } from './library';

/** cel-go's extended strings that cel-js lacks, and Kubernetes' regular expressions (RE2). */
export const strings: Library = (environment) => {
  environment
    .registerFunction('string.re2Matches(string): bool', (text: string, pattern: string) =>
      matches(pattern, text),
    )
    .registerFunction('string.find(string): string', (text: string, pattern: string) => find(pattern, text))
    .registerFunction('string.findAll(string): list<string>', (text: string, pattern: string) =>
      findAll(pattern, text),
    )
    .registerFunction(
      'string.findAll(string, int): list<string>',
      (text: string, pattern: string, most: bigint) => limited(findAll(pattern, text), most),
    )
    .registerFunction('string.charAt(int): string', (text: string, index: bigint) => charAt(text, index))
    .registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
      text.replaceAll(from, () => to),
    )
    .registerFunction(
      'string.replace(string, string, int): string',
      (text: string, from: string, to: string, most: bigint) => replaceSome(text, from, to, most),
    );
};

function limited(parts: string[], most: bigint): string[] {
  return most < 0n ? parts : parts.slice(0, Number(most));
}

function charAt(text: string, index: bigint): string {
  const characters = [...text];
  if (index < 0n || index > BigInt(characters.length)) throw new Error(`index out of range: ${index}`);
  return characters[Number(index)] ?? '';
}

function replaceSome(text: string, from: string, to: string, most: bigint): string {
  if (most < 0n) return text.replaceAll(from, () => to);
  let rest = Number(most);
  return text.replaceAll(from, (found) => (rest-- > 0 ? to : found));
}
