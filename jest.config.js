const swc = (syntax) => [
  '@swc/jest',
  { jsc: { target: 'es2022', parser: { syntax } }, module: { type: 'commonjs' } },
];

/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // cel-js is an ES module, which Jest on Node 20 cannot load as it is.
  transform: { '^.+\\.ts$': swc('typescript'), 'cel-js/.+\\.js$': swc('ecmascript') },
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/cel-js/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
