import { describe, expect, it } from '@jest/globals';
import { readObjects } from '../../../lib/load/kubernetes/read';

/** Plain scalars and what sigs.k8s.io/yaml v1.6 makes of them. */
const SCALARS: readonly (readonly [plain: string, value: unknown])[] = [
  ['no', false],
  ['No', false],
  ['NO', false],
  ['yes', true],
  ['Yes', true],
  ['on', true],
  ['On', true],
  ['off', false],
  ['OFF', false],
  ['y', true],
  ['Y', true],
  ['n', false],
  ['N', false],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['tRue', 'tRue'],
  ['false', false],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['~', null],
  ['0', 0],
  ['00', 0],
  ['01', 1],
  ['0120', 80],
  ['0o17', 15],
  ['0O17', 15],
  ['0x1F', 31],
  ['0X1f', 31],
  ['0b101', 5],
  ['1_000', 1000],
  ['1__0', 10],
  ['_1', '_1'],
  ['1_', 1],
  ['12:30:45', '12:30:45'],
  ['1:20', '1:20'],
  ['1e3', 1000],
  ['1E3', 1000],
  ['1e+3', 1000],
  ['1e-3', 0.001],
  ['.5', 0.5],
  ['5.', 5],
  ['+5', 5],
  ['-5', -5],
  ['Inf', 'Inf'],
  ['2024-01-01', '2024-01-01'],
  ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
  ['=', '='],
  ['<<', '<<'],
  ['1.0', 1],
  ['1.10', 1.1],
  ['3.10', 3.1],
  ['0777', 511],
  ['08', 8],
  ['09', 9],
  ['0.1e1', 1],
  ['1e1000', '1e1000'],
  ['123456789012345678901', 123456789012345680000],
  ['9007199254740993', 9007199254740992],
  ['1.2.3', '1.2.3'],
  ['0xG', '0xG'],
  ['1d', '1d'],
  ['+', '+'],
  ['0o8', '0o8'],
  ['1,000', '1,000'],
];

function read(text: string) {
  return [...readObjects('a.yaml', Buffer.from(text))];
}

describe('a scalar of a manifest', () => {
  it.each(SCALARS)('%s is %j', (plain, value) => {
    const [document] = read(`a: ${plain}\n`);
    expect(document?.value).toEqual({ a: value });
  });

  it.each(['.inf', '-.inf', '.nan', '-'])('%s is refused', (plain) => {
    const [document] = read(`a: ${plain}\n`);
    expect(document?.issues).toHaveLength(1);
  });

  it.each([
    ['"no"', 'no'],
    ["'0x1F'", '0x1F'],
    ['!!str 12', '12'],
    ['!!int "12"', 12],
    ['!!binary aGk=', 'hi'],
    ['|-\n  yes', 'yes'],
    ['', null],
  ])('%s is %j', (written, value) => {
    expect(read(`a: ${written}\n`)[0]?.value).toEqual({ a: value });
  });
});
